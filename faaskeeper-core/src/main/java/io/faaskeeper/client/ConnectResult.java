package io.faaskeeper.client;

/** What became of opening or attaching a session. */
public sealed interface ConnectResult {
  record Connected(ClientSession session) implements ConnectResult {}

  /** There is no such session (any more), or the password is not its. */
  record Expired() implements ConnectResult {}

  /** The connection is to be dropped and may be tried again; the session is as it was. */
  record Dropped(String reason) implements ConnectResult {}
}
