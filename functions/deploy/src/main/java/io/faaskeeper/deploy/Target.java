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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** The configuration that all this amounts to. */
  DeploymentConfig configuration(Supplier<Optional<String>> defaultRegion) {
    ObjectNode json = file();
    settings.forEach((key, value) -> json.set(key, value(value)));
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
    return DeploymentConfig.parse(json.toString());
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

  /** JSON where it is some, else text. */
  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}
