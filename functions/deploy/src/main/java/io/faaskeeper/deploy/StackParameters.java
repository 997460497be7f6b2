package io.faaskeeper.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The template's parameters from a deployment's configuration, and back: pure. */
final class StackParameters {
  static final String SECRET = "DeploymentSecret";
  static final String CODE_BUCKET = "CodeBucket";
  static final String CODE_KEY = "CodeKey";
  static final String RELEASE = "Release";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** StackParameters that have a configuration's value as it is. */
  private static final Map<String, String> KEYS =
      Map.of(
          "DeploymentName", "deployment-name",
          "UserStorage", "user-storage",
          "WorkerQueue", "worker-queue",
          "DistributorQueue", "distributor-queue",
          "ClientChannel", "client-channel",
          "WorkerQueueGroups", "worker-queue-groups",
          "LogSlots", "log-slots",
          "HeartbeatMinutes", "heartbeat-frequency",
          "TickMillis", "tick-time",
          "SuperDigest", "super-digest");

  private static final int MIN_GROUPS = 2;
  private static final int MAX_PARALLELIZATION = 10;
  private static final BigDecimal MAX_MINUTES = BigDecimal.valueOf(59);

  private StackParameters() {}

  /** What the configuration says; a {@link ConfigException} if it says what AWS does not have. */
  static Map<String, String> of(DeploymentConfig config) {
    check(config);
    JsonNode json = json(config.toJson());
    Map<String, String> parameters = new TreeMap<>();
    KEYS.forEach((parameter, key) -> parameters.put(parameter, json.path(key).asText()));
    parameters.put(
        "HeartbeatMinutes", config.heartbeatFrequencyMinutes().toBigInteger().toString());
    parameters.put(
        "WriterParallelization",
        String.valueOf(Math.min(MAX_PARALLELIZATION, config.workerQueueGroups())));
    parameters.put("LogLevel", config.verbose() ? "DEBUG" : "INFO");
    return parameters;
  }

  /** Whether these are parameters of the template that no key of the configuration says. */
  static void checkNames(Set<String> parameters, String template) {
    for (String name : parameters) {
      String key = KEYS.get(name);
      if (key != null) {
        throw new ConfigException("the parameter " + name + " is said by --set " + key + "=VALUE");
      }
      // Names of parameters are keys of the second level, as those of resources are later.
      if (!template
          .substring(0, template.indexOf("\nResources:"))
          .contains("\n  " + name + ":\n")) {
        throw new ConfigException("the template has no parameter " + name);
      }
    }
  }

  private static void check(DeploymentConfig config) {
    if (config.provider() != DeploymentConfig.Provider.AWS) {
      throw new ConfigException("cloud-provider must be aws for what is deployed there");
    }
    BigDecimal minutes = config.heartbeatFrequencyMinutes();
    if (minutes.stripTrailingZeros().scale() > 0 || minutes.compareTo(MAX_MINUTES) > 0) {
      throw new ConfigException(
          "heartbeat-frequency is " + minutes + ", and on AWS must be whole minutes from 1 to 59");
    }
    if (config.workerQueueGroups() < MIN_GROUPS) {
      throw new ConfigException("worker-queue-groups is 1, and on AWS must be 2 or more");
    }
  }

  /**
   * What clients of a deployment are told.
   *
   * @param host the address under which the functions reach the client
   * @param port where it listens
   */
  static DeploymentConfig clientConfiguration(
      StackState stack, String region, String host, int port) {
    ObjectNode json = JSON.createObjectNode();
    json.put("cloud-provider", "aws").put("deployment-region", region);
    json.put("channel-host", host).put("port", port);
    KEYS.forEach((parameter, key) -> put(json, key, stack.parameter(parameter)));
    json.put("verbose", stack.parameter("LogLevel").equals("DEBUG"));
    String bucket = stack.outputs().get("DataBucketName");
    if (bucket != null) {
      json.putObject("aws").put("data-bucket", bucket);
    }
    return DeploymentConfig.parse(json.toString());
  }

  /** Numbers as numbers; what the stack does not say is as by default. */
  private static void put(ObjectNode json, String key, String value) {
    if (value.matches("\\d{1,9}") && !key.equals("deployment-name")) {
      json.put(key, Integer.valueOf(value));
    } else if (!value.isEmpty()) {
      json.put(key, value);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
