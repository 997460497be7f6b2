package io.faaskeeper.deployment;

/** A configuration that is wrong, in one line that says what is and what is allowed. */
public final class ConfigException extends RuntimeException {
  public ConfigException(String message) {
    super(message);
  }
}
