package io.faaskeeper.host.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Lambda's error objects, for what goes wrong outside the handler. */
final class ErrorPayload {
  private ErrorPayload() {}

  static byte[] timedOut(String requestId, double seconds) {
    return of(
        "Sandbox.Timedout",
        "RequestId: %s Error: Task timed out after %.2f seconds".formatted(requestId, seconds));
  }

  /**
   * The process ended.
   *
   * @param status as the shell tells it: 128 and the signal's number, if it was killed
   */
  static byte[] exited(String requestId, int status) {
    return of(
        "Runtime.ExitError",
        "RequestId: %s Error: Runtime exited with error: exit status %d"
            .formatted(requestId, status));
  }

  static byte[] notStarted(String requestId, String reason) {
    return of(
        "Runtime.InitError", "RequestId: %s Error: no instance: %s".formatted(requestId, reason));
  }

  private static byte[] of(String type, String message) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("errorType", type).put("errorMessage", message);
    return error.toString().getBytes(StandardCharsets.UTF_8);
  }
}
