package io.faaskeeper.recipes;

import io.faaskeeper.zookeeper.testing.FaasKeeperTestServer;
import java.io.IOException;
import org.apache.zookeeper.client.ZKClientConfig;

/** FaaSKeeper behind two gateways: a client that loses its connection goes on at the other one. */
final class FaasKeeperGateways implements Service {
  private static final int TICK_MILLIS = 500;

  private final FaasKeeperTestServer one = FaasKeeperTestServer.create(0, TICK_MILLIS);
  private final FaasKeeperTestServer two = one.another(0);

  FaasKeeperGateways() throws IOException {
    one.restart();
    two.restart();
  }

  @Override
  public String connectString() {
    return one.connectString() + "," + two.connectString();
  }

  @Override
  public ZKClientConfig clientConfig() {
    return new ZKClientConfig();
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }
}
