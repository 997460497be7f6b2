package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.deployment.ConfigException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionEnvironmentTest {
  private static final byte[] SECRET = new byte[32];
  private static final String DEPLOYMENT = "{\"deployment-name\": \"d\"}";

  @Test
  void deploymentAndSecretAreRead() {
    FunctionEnvironment environment =
        FunctionEnvironment.of(
            Map.of(
                "FAASKEEPER_DEPLOYMENT",
                DEPLOYMENT,
                "FAASKEEPER_SECRET",
                Base64.getEncoder().encodeToString(SECRET)));

    assertEquals("d", environment.deployment().name());
    assertArrayEquals(SECRET, environment.secret());
  }

  @Test
  void missingVariableIsNamed() {
    ConfigException error =
        assertThrows(ConfigException.class, () -> FunctionEnvironment.of(Map.of()));

    assertEquals("the environment variable FAASKEEPER_DEPLOYMENT is not set", error.getMessage());
  }

  @Test
  void wrongSecretIsNotTold() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () ->
                FunctionEnvironment.of(
                    Map.of("FAASKEEPER_DEPLOYMENT", DEPLOYMENT, "FAASKEEPER_SECRET", "hunter2")));

    assertFalse(String.valueOf(error.getMessage()).contains("hunter2"));
  }
}
