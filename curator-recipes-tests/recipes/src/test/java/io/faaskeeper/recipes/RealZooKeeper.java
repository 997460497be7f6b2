package io.faaskeeper.recipes;

import java.io.IOException;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.client.ZKClientConfig;

/** ZooKeeper's own server in this JVM. */
final class RealZooKeeper implements Service {
  private static final int TICK_MILLIS = 500;

  private final TestingServer server;

  RealZooKeeper() throws Exception {
    server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1), true);
  }

  @Override
  public String connectString() {
    return server.getConnectString();
  }

  @Override
  public ZKClientConfig clientConfig() {
    return new ZKClientConfig();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
