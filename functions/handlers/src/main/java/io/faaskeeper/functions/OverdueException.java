package io.faaskeeper.functions;

/** An event was not done shortly before Lambda would have ended the instance. */
final class OverdueException extends RuntimeException {
  OverdueException() {
    super("the event was not done when the function's time was nearly over");
  }
}
