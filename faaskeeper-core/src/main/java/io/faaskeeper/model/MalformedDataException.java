package io.faaskeeper.model;

/**
 * Bytes that are not what they should be: truncated, of an unknown form, or not sealed by whom they
 * name.
 */
public final class MalformedDataException extends RuntimeException {
  public MalformedDataException(String message) {
    super(message);
  }

  public MalformedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
