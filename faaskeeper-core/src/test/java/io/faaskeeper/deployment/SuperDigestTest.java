package io.faaskeeper.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration's {@code super-digest}. */
final class SuperDigestTest {
  private static final String DIGEST = "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=";

  @Test
  void isReadAndWritten() {
    DeploymentConfig config = parse(DIGEST);
    assertEquals(DIGEST, config.superDigest());
    assertEquals(config, DeploymentConfig.parse(config.toJson()));
    assertEquals(DIGEST, Deployments.clientOptions(config).superDigest());
  }

  @Test
  void isNobodyByDefault() {
    assertNull(DeploymentConfig.parse("{}").superDigest());
    assertNull(parse("").superDigest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"super", "super:", ":x", "super:a b", "super:===="})
  void isRefusedIfItIsNone(String digest) {
    ConfigException e = assertThrows(ConfigException.class, () -> parse(digest));
    assertTrue(String.valueOf(e.getMessage()).startsWith("super-digest is"), e::getMessage);
  }

  private static DeploymentConfig parse(String digest) {
    return DeploymentConfig.parse("{\"super-digest\": \"" + digest + "\"}");
  }
}
