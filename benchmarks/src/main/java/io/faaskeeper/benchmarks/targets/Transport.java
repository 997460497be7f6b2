package io.faaskeeper.benchmarks.targets;

import java.nio.file.Path;
import java.util.Map;

/** How a program that uses ZooKeeper's client is made to use FaaSKeeper: by properties alone. */
final class Transport {
  /** An application's old one; no such host is ever looked for. */
  static final String CONNECT_STRING = "zookeeper.example:2181";

  private Transport() {}

  static Map<String, String> properties(Path configuration) {
    return Map.of(
        "zookeeper.clientCnxnSocket",
        "org.apache.zookeeper.ClientCnxnSocketFaasKeeper",
        "faaskeeper.config",
        configuration.toAbsolutePath().toString());
  }
}
