package io.faaskeeper.host.lambda;

/** What became of an invocation. Arrays are not to be modified. */
public sealed interface InvocationResult {
  /** The handler returned. */
  record Returned(byte[] payload) implements InvocationResult {}

  /**
   * The handler threw, its process ended, or its time was over. It may have done anything, or
   * nothing.
   *
   * @param payload Lambda's error object
   */
  record Failed(byte[] payload) implements InvocationResult {}

  /** All instances are busy and there may be no more: the handler was not called. */
  record Throttled() implements InvocationResult {}
}
