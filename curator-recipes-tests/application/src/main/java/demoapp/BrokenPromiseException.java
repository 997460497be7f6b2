package demoapp;

/** A recipe did something else than it promises. */
final class BrokenPromiseException extends RuntimeException {
  BrokenPromiseException(String message) {
    super(message);
  }
}
