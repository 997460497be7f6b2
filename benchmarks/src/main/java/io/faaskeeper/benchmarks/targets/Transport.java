package io.faaskeeper.benchmarks.targets;

import java.nio.file.Path;
import java.util.Map;

/** How a program that uses ZooKeeper's client is made to use FaaSKeeper: by properties alone. */
final class Transport {
  /** An application's old one, which has to be there and is ignored. */
  static final String CONNECT_STRING = "localhost:2181";

  private Transport() {}

  static Map<String, String> properties(Path configuration) {
    return Map.of(
        "zookeeper.clientCnxnSocket",
        "org.apache.zookeeper.ClientCnxnSocketFaasKeeper",
        "faaskeeper.config",
        configuration.toAbsolutePath().toString());
  }
}
