package io.faaskeeper.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is made of, read from one JSON object with the keys that FaaSKeeper's users
 * know. A key that is unknown, a value that is not allowed, or a combination that can't work is a
 * {@link ConfigException} of one line that names it and what is allowed.
 *
 * @param name {@code deployment-name}: 1 to 32 letters, digits and hyphens
 * @param region {@code deployment-region}: the cloud's region
 * @param provider {@code cloud-provider}: {@code aws}, {@code local} (the endpoints of a running
 *     local deployment), {@code memory} (in this JVM)
 * @param userStorage {@code user-storage}: {@code key-value}: all in tables; {@code persistent}:
 *     data in a bucket; {@code hybrid}: large data in a bucket
 * @param systemStorage {@code system-storage}: {@code key-value}
 * @param workerQueue {@code worker-queue}: {@code sqs}, or {@code dynamodb}: a table whose stream
 *     feeds the writer
 * @param distributorQueue {@code distributor-queue}: {@code inline}, {@code sqs}, or {@code
 *     dynamodb}: the log's own stream
 * @param clientChannel {@code client-channel}: {@code tcp}, or {@code sqs}: a queue for each client
 *     process
 * @param heartbeatFrequencyMinutes {@code heartbeat-frequency}: minutes between two runs of the
 *     heartbeat
 * @param port {@code port}: where a client process listens for answers; 0, or -1 as published, for
 *     any free port
 * @param verbose {@code verbose}: whether the functions log every request
 * @param tickMillis {@code tick-time}: ZooKeeper's tick in milliseconds; session timeouts are 2 to
 *     20 of them
 * @param workerQueueGroups {@code worker-queue-groups}: message groups of the worker queue, which
 *     bound the writers that work at once
 * @param logSlots {@code log-slots}: size of the log's ring, fixed when the deployment is created
 * @param channelHost {@code channel-host}: the name or address under which the functions reach this
 *     client
 * @param endpoints {@code endpoints}: of a local deployment, by service: {@code dynamodb}, {@code
 *     sqs}, {@code s3}, {@code lambda}, {@code events}
 * @param dataBucket {@code aws}, {@code data-bucket}: the bucket that user storage uses if it uses
 *     one, or null for one of the deployment's name
 * @param superDigest {@code super-digest}: ZooKeeper's super user, his name and the digest of name
 *     and password (what {@code DigestAuthenticationProvider} prints), or null for none
 */
public record DeploymentConfig(
    String name,
    String region,
    Provider provider,
    UserStorageKind userStorage,
    String systemStorage,
    WorkerQueueKind workerQueue,
    DistributorQueueKind distributorQueue,
    ClientChannelKind clientChannel,
    BigDecimal heartbeatFrequencyMinutes,
    int port,
    boolean verbose,
    int tickMillis,
    int workerQueueGroups,
    int logSlots,
    String channelHost,
    Map<String, String> endpoints,
    @Nullable String dataBucket,
    @Nullable String superDigest) {
  /** Names the configuration file; comes before {@link #ENVIRONMENT}. */
  public static final String PROPERTY = "faaskeeper.config";

  /** Names the configuration file. */
  public static final String ENVIRONMENT = "FAASKEEPER_CONFIG";

  /** In published configurations, for benchmarks and older clients. */
  private static final Set<String> PUBLISHED_BUT_UNUSED = Set.of("configuration", "client-port");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where a deployment runs. */
  public enum Provider {
    AWS,
    LOCAL,
    MEMORY
  }

  /** Where the data of nodes lies. */
  public enum UserStorageKind {
    KEY_VALUE,
    PERSISTENT,
    HYBRID;

    /** Whether a deployment has a bucket. */
    public boolean hasBucket() {
      return this != KEY_VALUE;
    }
  }

  /** How the writer is reached. */
  public enum WorkerQueueKind {
    SQS,
    DYNAMODB
  }

  /** How the distributor is reached. */
  public enum DistributorQueueKind {
    INLINE,
    SQS,
    DYNAMODB
  }

  /** How answers and events reach a client process. */
  public enum ClientChannelKind {
    TCP,
    SQS
  }

  public DeploymentConfig {
    endpoints = Map.copyOf(endpoints);
  }

  /** Reads the file that the property or the environment names. */
  public static DeploymentConfig load() {
    String file = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
    if (file == null || file.isBlank()) {
      throw new ConfigException(
          "no FaaSKeeper deployment: name its configuration file with the system property "
              + PROPERTY
              + " or the environment variable "
              + ENVIRONMENT);
    }
    return read(Path.of(file));
  }

  /** Reads a file. */
  public static DeploymentConfig read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigException("the FaaSKeeper configuration " + file + " can't be read: " + e);
    } catch (ConfigException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }

  /** Reads a configuration's text. */
  public static DeploymentConfig parse(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ConfigException("no JSON: " + e.getOriginalMessage());
    }
    if (root == null || !root.isObject()) {
      throw new ConfigException("no JSON object");
    }
    Keys keys = new Keys(root);
    Provider provider = keys.kind(Provider.class, "cloud-provider", Provider.AWS);
    DeploymentConfig config =
        new DeploymentConfig(
            keys.matching("deployment-name", "faaskeeper", "[A-Za-z0-9-]{1,32}"),
            keys.matching("deployment-region", "us-east-1", "[a-z0-9-]{1,32}"),
            provider,
            keys.kind(UserStorageKind.class, "user-storage", UserStorageKind.KEY_VALUE),
            keys.oneOf("system-storage", "key-value", "key-value"),
            keys.kind(WorkerQueueKind.class, "worker-queue", WorkerQueueKind.SQS),
            keys.kind(DistributorQueueKind.class, "distributor-queue", DistributorQueueKind.INLINE),
            keys.kind(ClientChannelKind.class, "client-channel", ClientChannelKind.TCP),
            keys.positiveDecimal("heartbeat-frequency", BigDecimal.ONE),
            Math.max(0, keys.integer("port", 0, -1, 65_535)),
            keys.flag("verbose", false),
            keys.integer("tick-time", 2_000, 1, 1_000_000),
            keys.integer("worker-queue-groups", 3, 1, 1_000),
            keys.integer("log-slots", 1_024, 2, 1 << 20),
            keys.matching("channel-host", "127.0.0.1", "\\S{1,255}"),
            keys.texts("endpoints", Set.of("dynamodb", "sqs", "s3", "lambda", "events")),
            keys.nested("aws", "data-bucket", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
            keys.optional("super-digest", "[^:\\s]{1,255}:[A-Za-z0-9+/]{1,255}={0,2}"));
    PUBLISHED_BUT_UNUSED.forEach(keys::get);
    keys.end();
    config.check();
    return config;
  }

  /** What is in one JVM has no queues and buckets to choose. */
  private void check() {
    if (provider == Provider.MEMORY) {
      onlyInMemory("user-storage", userStorage, UserStorageKind.KEY_VALUE);
      onlyInMemory("worker-queue", workerQueue, WorkerQueueKind.SQS);
      onlyInMemory("distributor-queue", distributorQueue, DistributorQueueKind.INLINE);
      onlyInMemory("client-channel", clientChannel, ClientChannelKind.TCP);
    }
  }

  private static void onlyInMemory(String key, Enum<?> value, Enum<?> allowed) {
    if (value != allowed) {
      throw new ConfigException(
          "%s is \"%s\", which cloud-provider memory does not have: leave it out, or %s"
              .formatted(key, name(value), name(allowed)));
    }
  }

  /** This configuration as JSON that {@link #parse} reads. */
  public String toJson() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("deployment-name", name);
    keys.put("deployment-region", region);
    keys.put("cloud-provider", name(provider));
    keys.put("user-storage", name(userStorage));
    keys.put("system-storage", systemStorage);
    keys.put("worker-queue", name(workerQueue));
    keys.put("distributor-queue", name(distributorQueue));
    keys.put("client-channel", name(clientChannel));
    keys.put("heartbeat-frequency", heartbeatFrequencyMinutes);
    keys.put("port", port);
    keys.put("verbose", verbose);
    keys.put("tick-time", tickMillis);
    keys.put("worker-queue-groups", workerQueueGroups);
    keys.put("log-slots", logSlots);
    keys.put("channel-host", channelHost);
    if (dataBucket != null) {
      keys.put("aws", Map.of("data-bucket", dataBucket));
    }
    if (superDigest != null) {
      keys.put("super-digest", superDigest);
    }
    if (!endpoints.isEmpty()) {
      keys.put("endpoints", new TreeMap<>(endpoints));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(keys) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value's name in a configuration. */
  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The keys of one object, each asked for once. */
  private static final class Keys {
    private final JsonNode root;
    private final Set<String> known = new TreeSet<>();

    Keys(JsonNode root) {
      this.root = root;
    }

    private @Nullable JsonNode get(String key) {
      known.add(key);
      return root.get(key);
    }

    private String text(String key, String otherwise, String allowed) {
      JsonNode value = get(key);
      if (value == null) {
        return otherwise;
      }
      if (!value.isTextual()) {
        throw new ConfigException(key + " is " + value + ", and must be " + allowed);
      }
      return value.textValue();
    }

    String oneOf(String key, String otherwise, String... allowed) {
      String names = String.join(" or ", allowed);
      String value = text(key, otherwise, names);
      if (!Set.of(allowed).contains(value)) {
        throw new ConfigException(key + " is \"" + value + "\", and must be " + names);
      }
      return value;
    }

    <E extends Enum<E>> E kind(Class<E> kind, String key, E otherwise) {
      E[] all = kind.getEnumConstants();
      String[] names = Arrays.stream(all).map(DeploymentConfig::name).toArray(String[]::new);
      return all[List.of(names).indexOf(oneOf(key, name(otherwise), names))];
    }

    /** Text that may be empty, which says no more than if it were not there. */
    @Nullable String optional(String key, String pattern) {
      String value = matching(key, "", "|" + pattern);
      return value.isEmpty() ? null : value;
    }

    String matching(String key, String otherwise, String pattern) {
      String value = text(key, otherwise, "text that matches " + pattern);
      if (!value.matches(pattern)) {
        throw new ConfigException(key + " is \"" + value + "\", and must match " + pattern);
      }
      return value;
    }

    int integer(String key, int otherwise, int min, int max) {
      JsonNode value = get(key);
      if (value == null) {
        return otherwise;
      }
      if (!value.canConvertToExactIntegral()
          || !value.canConvertToInt()
          || value.intValue() < min
          || value.intValue() > max) {
        throw new ConfigException(
            key + " is " + value + ", and must be a number from " + min + " to " + max);
      }
      return value.intValue();
    }

    BigDecimal positiveDecimal(String key, BigDecimal otherwise) {
      JsonNode value = get(key);
      if (value == null) {
        return otherwise;
      }
      if (!value.isNumber() || value.decimalValue().signum() <= 0) {
        throw new ConfigException(key + " is " + value + ", and must be a number above 0");
      }
      return value.decimalValue();
    }

    boolean flag(String key, boolean otherwise) {
      JsonNode value = get(key);
      if (value == null) {
        return otherwise;
      }
      if (!value.isBoolean()) {
        throw new ConfigException(key + " is " + value + ", and must be true or false");
      }
      return value.booleanValue();
    }

    /** Text of an object with one key. */
    @Nullable String nested(String key, String inner, String pattern) {
      String value = texts(key, Set.of(inner)).get(inner);
      if (value != null && !value.matches(pattern)) {
        throw new ConfigException(
            "%s of %s is \"%s\", and must match %s".formatted(inner, key, value, pattern));
      }
      return value;
    }

    Map<String, String> texts(String key, Set<String> allowed) {
      JsonNode value = get(key);
      Map<String, String> texts = new LinkedHashMap<>();
      if (value == null) {
        return texts;
      }
      if (!value.isObject()) {
        throw new ConfigException(key + " is " + value + ", and must be an object");
      }
      value
          .properties()
          .forEach(
              e -> {
                if (!allowed.contains(e.getKey()) || !e.getValue().isTextual()) {
                  throw new ConfigException(
                      key + " has " + e + ", and may have texts for " + new TreeSet<>(allowed));
                }
                texts.put(e.getKey(), e.getValue().textValue());
              });
      return texts;
    }

    void end() {
      root.fieldNames()
          .forEachRemaining(
              name -> {
                if (!known.contains(name)) {
                  throw new ConfigException(
                      "unknown key " + name + "; known are " + String.join(", ", known));
                }
              });
    }
  }
}
