package io.faaskeeper.recipes;

/** What befalls a client. */
enum Fault {
  /** The session lives on. */
  LOST_CONNECTION,
  /** The session ends, and its ephemerals with it; the client goes on with a new one. */
  LOST_SESSION;

  boolean keepsSession() {
    return this == LOST_CONNECTION;
  }
}
