package io.faaskeeper.functions;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.model.Seal;
import java.util.Base64;
import java.util.Map;

/**
 * What a function is told by its environment variables.
 *
 * @param deployment {@link #DEPLOYMENT}: the deployment's configuration, its JSON itself
 * @param secret {@link #SECRET}: the deployment secret, {@link Seal#SECRET_BYTES} bytes in Base64;
 *     not to be modified
 */
record FunctionEnvironment(DeploymentConfig deployment, byte[] secret) {
  static final String DEPLOYMENT = "FAASKEEPER_DEPLOYMENT";
  static final String SECRET = "FAASKEEPER_SECRET";

  /** A {@link ConfigException} says what is missing or wrong. */
  static FunctionEnvironment of(Map<String, String> variables) {
    return new FunctionEnvironment(
        DeploymentConfig.parse(get(variables, DEPLOYMENT)), secret(get(variables, SECRET)));
  }

  private static byte[] secret(String base64) {
    try {
      byte[] secret = Base64.getDecoder().decode(base64);
      if (secret.length == Seal.SECRET_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // Told below without its value.
    }
    throw new ConfigException(SECRET + " must be " + Seal.SECRET_BYTES + " bytes in Base64");
  }

  private static String get(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new ConfigException("the environment variable " + name + " is not set");
    }
    return value;
  }
}
