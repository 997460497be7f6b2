package io.faaskeeper.service;

/** Storage failed; whether a change took effect is unknown, and it is safe to try again. */
final class StorageException extends RuntimeException {
  StorageException(Throwable cause) {
    super(cause);
  }
}
