package io.faaskeeper.zookeeper;

import io.faaskeeper.zookeeper.protocol.FrameSink;
import io.faaskeeper.zookeeper.protocol.ProtocolSession;
import java.io.IOException;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * What a {@code ZooKeeper} handle's socket hands its frames to. Used by one thread, but for the
 * connections that it makes.
 */
public interface Transport {
  /**
   * The transport to the deployment that a client configuration names, see {@link
   * FaasKeeperClientConfig}. Joins nothing yet.
   *
   * @throws IOException if it names none, or one that can't be, or the client is too old
   */
  static Transport of(ZKClientConfig config) throws IOException {
    Placement.checkVersion(ZKClientConfig.class.getClassLoader());
    return new HandleTransport(DeploymentChoice.of(config));
  }

  /**
   * A new connection; the one before it was disconnected. The first call of a program may take
   * seconds.
   *
   * @throws IOException if the deployment can't be reached now; the handle tries again
   */
  ProtocolSession connect(FrameSink sink) throws IOException;

  /** The handle is closed. It lets the deployment go. */
  void close();
}
