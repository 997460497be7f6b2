package io.faaskeeper.port;

/** A change was not begun, because its {@link Deadline} has passed. It had no effect. */
public final class DeadlinePassedException extends RuntimeException {
  public DeadlinePassedException(String message) {
    super(message);
  }
}
