package io.faaskeeper.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which deployment, and how it is to be. */
final class Target {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The deployment's configuration, as the README describes it.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A key of the configuration, before what the file says.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The deployment's name: as --set deployment-name=NAME.")
  private @Nullable String name;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Its region: as --set deployment-region=REGION. Without any, the one that AWS_REGION or "
              + "the AWS profile names.")
  private @Nullable String region;

  /**
   * What the options give.
   *
   * @param config the configuration that they amount to
   * @param keys those of it that they name; the others are as by default
   */
  record Given(DeploymentConfig config, Set<String> keys) {
    Given {
      keys = Set.copyOf(keys);
    }
  }

  /**
   * Refuses settings that a program has no use for, other than name and region.
   *
   * @param others that it uses
   */
  void allowSettings(String program, String... others) {
    Set<String> used = new LinkedHashSet<>(List.of("deployment-name", "deployment-region"));
    used.addAll(List.of(others));
    for (String key : settings.keySet()) {
      if (!used.contains(key)) {
        throw new ConfigException(
            "--set %s is of no use for %s, which takes %s: bin/fk deploy service sets the rest"
                .formatted(key, program, String.join(", ", used)));
      }
    }
  }

  /** The configuration that all this amounts to. */
  DeploymentConfig configuration(Supplier<Optional<String>> defaultRegion) {
    return given(defaultRegion).config();
  }

  /** The configuration, and what of it is named. */
  Given given(Supplier<Optional<String>> defaultRegion) {
    ObjectNode json = file();
    settings.forEach((key, value) -> json.set(key, value(key, value)));
    if (name != null) {
      json.put("deployment-name", name);
    }
    if (region != null) {
      json.put("deployment-region", region);
    }
    if (!json.has("deployment-region")) {
      json.put(
          "deployment-region",
          defaultRegion
              .get()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "no region: say --region, or set deployment-region in the configuration,"
                              + " or AWS_REGION")));
    }
    Set<String> keys = new HashSet<>();
    json.fieldNames().forEachRemaining(keys::add);
    return new Given(DeploymentConfig.parse(json.toString()), keys);
  }

  private ObjectNode file() {
    if (config == null) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode read = JSON.readTree(Files.readString(config));
      if (read instanceof ObjectNode object) {
        return object;
      }
      throw new ConfigException(config + ": no JSON object");
    } catch (JsonProcessingException e) {
      throw new ConfigException(config + ": no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigException(config + " can't be read: " + e);
    }
  }

  /** JSON where it is some, else text. A name is text even where it is digits only. */
  private static JsonNode value(String key, String text) {
    JsonNode asText = JSON.getNodeFactory().textNode(text);
    if (text.isEmpty()) {
      return asText;
    }
    try {
      JsonNode json = JSON.readTree(text);
      return key.equals("deployment-name") && !json.isTextual() ? asText : json;
    } catch (JsonProcessingException e) {
      return asText;
    }
  }
}
