package io.faaskeeper.functions.log;

/**
 * The request id of the event that this instance works on. There is one at a time, on whatever
 * thread something is logged.
 */
public final class CurrentRequest {
  private static volatile String id = "";

  private CurrentRequest() {}

  public static void begin(String requestId) {
    id = requestId;
  }

  static String id() {
    return id;
  }
}
