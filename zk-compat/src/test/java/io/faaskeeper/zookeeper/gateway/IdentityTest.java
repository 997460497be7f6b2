package io.faaskeeper.zookeeper.gateway;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who a client is, and that nobody listens. */
@SuppressWarnings("try") // a client that is closed may be interrupted
@Timeout(60)
final class IdentityTest {
  private static final String TRUSTED = "zookeeper.ssl.trustStore.location";
  private static final String PASSWORD = "secret";

  private final MemoryService service = new MemoryService(2_000);

  @TempDir Path folder;
  private Path keys = Path.of("keys.p12");

  @AfterEach
  void stop() {
    service.close();
  }

  private static List<ACL> only(String address) {
    return new ArrayList<>(List.of(new ACL(Perms.ALL, new Id("ip", address))));
  }

  @Test
  void aClientsAddressIsThatOfItsConnection() throws Exception {
    Gateway gateway = service.start();
    try (ZooKeeper zk = new ZooKeeper(gateway.connectString(), 10_000, e -> {})) {
      zk.create("/here", new byte[1], only("127.0.0.0/8"), CreateMode.PERSISTENT);
      zk.create("/there", new byte[1], only("10.1.2.3"), CreateMode.PERSISTENT);
      zk.addAuthInfo("ip", "10.1.2.3".getBytes(StandardCharsets.US_ASCII));
      assertEquals(1, zk.getData("/here", false, null).length);
      assertThrows(KeeperException.NoAuthException.class, () -> zk.getData("/there", false, null));
      assertThrows(KeeperException.NoAuthException.class, () -> zk.setData("/there", null, -1));
      assertEquals("127.0.0.1", zk.whoAmI().get(0).getUser());
    }
  }

  @Test
  void tlsIsSetUpByZooKeepersProperties() throws Exception {
    keys = folder.resolve("keys.p12");
    keys();
    ZKConfig server = new ZKConfig();
    store(server, "keyStore", keys);
    store(server, "trustStore", keys);
    Gateway gateway =
        service.gateway(GatewayOptions.local().port(-1).securePort(0).tls(server).build()).start();
    ZKClientConfig client = new ZKClientConfig();
    client.setProperty("zookeeper.client.secure", "true");
    client.setProperty("zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketNetty");
    client.setProperty("zookeeper.ssl.hostnameVerification", "false");
    store(client, "keyStore", keys);
    store(client, "trustStore", keys);
    try (ZooKeeper zk = new ZooKeeper(gateway.connectString(), 10_000, e -> {}, client)) {
      zk.create("/a", new byte[600_000], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertEquals(600_000, zk.getData("/a", false, null).length);
      assertEquals(
          List.of("ip", "x509"), zk.whoAmI().stream().map(ClientInfo::getAuthScheme).toList());
      zk.create("/own", new byte[1], Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
      assertEquals(
          List.of(new ACL(Perms.ALL, new Id("x509", "CN=localhost"))),
          zk.getACL("/own", new Stat()));
      assertEquals(1, zk.getData("/own", false, null).length);
    }
    mayNotRead(service.start(), "/own");
    try (WireClient plain = new WireClient(gateway.securePort())) {
      plain.connect(10_000, 0, new byte[16], 0);
      plain.bytesToEnd();
    }
    assertThrows(IOException.class, () -> asStranger(gateway.securePort(), client));
  }

  /** Over a connection without TLS, whatever the client says of itself. */
  private static void mayNotRead(Gateway gateway, String path) throws Exception {
    try (ZooKeeper zk = new ZooKeeper(gateway.connectString(), 10_000, e -> {})) {
      assertThrows(KeeperException.NoAuthException.class, () -> zk.getData(path, false, null));
      zk.addAuthInfo("x509", "CN=localhost".getBytes(StandardCharsets.US_ASCII));
      assertThrows(KeeperException.AuthFailedException.class, () -> zk.getData(path, false, null));
    }
  }

  /** With a trust in the gateway, and no certificate to show. */
  private static void asStranger(int port, ZKClientConfig config) throws Exception {
    ZKClientConfig stranger = new ZKClientConfig();
    store(stranger, "trustStore", Path.of(config.getProperty(TRUSTED)));
    stranger.setProperty("zookeeper.ssl.hostnameVerification", "false");
    try (ClientX509Util util = new ClientX509Util();
        Socket socket = util.createSSLContext(stranger).getSocketFactory().createSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
      while (socket.getInputStream().read() >= 0) {
        // TLS tells of the refusal after what was sent.
      }
    }
  }

  private static void store(ZKConfig config, String which, Path file) {
    config.setProperty("zookeeper.ssl." + which + ".location", file.toString());
    config.setProperty("zookeeper.ssl." + which + ".password", PASSWORD);
    config.setProperty("zookeeper.ssl." + which + ".type", "PKCS12");
  }

  /** A key that is its own authority: with its certificate beside it. */
  private void keys() throws Exception {
    keytool("-genkeypair", "-alias", "own", "-keyalg", "RSA", "-dname", "CN=localhost");
    String certificate = folder.resolve("certificate").toString();
    keytool("-exportcert", "-alias", "own", "-file", certificate);
    keytool("-importcert", "-alias", "authority", "-noprompt", "-file", certificate);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", keys.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }
}
