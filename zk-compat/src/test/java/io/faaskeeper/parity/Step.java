package io.faaskeeper.parity;

/** One thing that a history does to a server. Clients are numbered; each holds one session. */
sealed interface Step {
  int client();

  /** The client forgets its session, and asks for a new one. */
  record Open(int client, int timeoutMillis) implements Step {}

  /**
   * The client connects again.
   *
   * @param password whether it knows its own
   * @param future whether it claims to have seen what no server has
   * @param overlapping whether its last connection is still there
   */
  record Attach(
      int client, int timeoutMillis, boolean password, boolean future, boolean overlapping)
      implements Step {}

  /** The connection is gone. */
  record Drop(int client) implements Step {}

  /** The session times out. The client is not connected, all others are. */
  record Expire(int client) implements Step {}

  /** A request, after those before it, without waiting for their answers. */
  record Ask(int client, Call call) implements Step {
    @Override
    public String toString() {
      return "Ask[client=" + client + ", " + call.text() + "]";
    }
  }
}
