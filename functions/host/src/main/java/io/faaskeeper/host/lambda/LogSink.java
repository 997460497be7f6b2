package io.faaskeeper.host.lambda;

/** Takes what instances print. */
public interface LogSink {
  /** One line, in the order in which its instance printed it. Called on any thread. */
  void line(String function, String instance, String line);
}
