package io.faaskeeper.client;

/** The connection ended before the answer: the request happened once or never. */
public final class ConnectionEndedException extends RuntimeException {
  public ConnectionEndedException(String message) {
    super(message);
  }
}
