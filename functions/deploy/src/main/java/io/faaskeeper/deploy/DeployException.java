package io.faaskeeper.deploy;

/** A deployment that can't go on. The message is one line that says what to do. */
final class DeployException extends RuntimeException {
  DeployException(String line) {
    super(line);
  }

  DeployException(String line, Throwable cause) {
    super(line, cause);
  }
}
