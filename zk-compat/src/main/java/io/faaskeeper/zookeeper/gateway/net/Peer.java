package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.model.Credential;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a connection tells of the client at its other end. */
final class Peer {
  private Peer() {}

  /**
   * Its address; and with TLS, after the handshake, the subject of the certificate that it showed,
   * if it showed one: as with ZooKeeper's {@code X509AuthenticationProvider}.
   */
  static List<Credential> identity(Channel channel) {
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    Credential address = credential("ip", remote.getAddress().getHostAddress());
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return List.of(address);
    }
    try {
      return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? List.of(address, credential("x509", shown.getSubjectX500Principal().getName()))
          : List.of(address);
    } catch (SSLPeerUnverifiedException e) {
      return List.of(address);
    }
  }

  private static Credential credential(String scheme, String name) {
    return new Credential(scheme, name.getBytes(StandardCharsets.UTF_8));
  }
}
