package io.faaskeeper.recipes;

import java.io.IOException;
import org.apache.zookeeper.client.ZKClientConfig;

/** What the recipes run on. */
interface Service extends AutoCloseable {
  String connectString();

  /** How an application's ZooKeeper clients are configured for it. */
  ZKClientConfig clientConfig();

  @Override
  void close() throws IOException;
}
