package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackParametersTest {
  private static final String ALL =
      """
      {"deployment-name": "12", "deployment-region": "eu-north-1", "distributor-queue": "sqs",
       "heartbeat-frequency": 2, "tick-time": 1000, "worker-queue-groups": 20, "log-slots": 64,
       "super-digest": "super:abc=", "verbose": true, "channel-host": "10.0.0.7", "port": 5}""";

  @Test
  void parametersAreThoseOfTheTemplate() {
    StackParameters.of(DeploymentConfig.parse(ALL))
        .keySet()
        .forEach(name -> assertTrue(Deploy.template().contains("\n  " + name + ":\n"), name));
  }

  @Test
  void parametersThatCannotBeAreRefusedByName() {
    StackParameters.checkNames(Set.of("SnapStart", "LogDays"), Deploy.template());

    assertEquals("the template has no parameter SnapStat", refused("SnapStat"));
    assertEquals("the template has no parameter WriterFunction", refused("WriterFunction"));
    assertEquals("the parameter LogSlots is said by --set log-slots=VALUE", refused("LogSlots"));
  }

  private static String refused(String parameter) {
    return String.valueOf(
        assertThrows(
                ConfigException.class,
                () -> StackParameters.checkNames(Set.of(parameter), Deploy.template()))
            .getMessage());
  }

  /** Who says no region has not said all. */
  @Test
  void aRegionHasToBeSaid() {
    assertThrows(ConfigException.class, () -> new Target().configuration(Optional::empty));
  }

  @Test
  void configurationSurvivesTheStack() {
    DeploymentConfig config = DeploymentConfig.parse(ALL);
    StackState stack =
        new StackState("arn", "CREATE_COMPLETE", StackParameters.of(config), Map.of());

    assertEquals(config, StackParameters.clientConfiguration(stack, "eu-north-1", "10.0.0.7", 5));
  }

  @Test
  void numbersAreWhole() {
    Map<String, String> parameters =
        new HashMap<>(StackParameters.of(DeploymentConfig.parse("{\"heartbeat-frequency\": 3.0}")));

    assertEquals("3", parameters.get("HeartbeatMinutes"));
    assertEquals("3", parameters.get("WriterParallelization"));
    assertEquals("INFO", parameters.get("LogLevel"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"heartbeat-frequency\": 0.5}",
        "{\"heartbeat-frequency\": 60}",
        "{\"worker-queue-groups\": 1}",
        "{\"cloud-provider\": \"local\"}"
      })
  void whatAwsDoesNotHaveIsRefused(String json) {
    DeploymentConfig config = DeploymentConfig.parse(json);

    assertThrows(ConfigException.class, () -> StackParameters.of(config));
  }
}
