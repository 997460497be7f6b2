package io.faaskeeper.port;

/**
 * Until when a batch of a function may still change storage. A port refuses to begin a change after
 * it, and makes sure that no change takes effect a few minutes later: what a function that was
 * frozen in the middle of a call wakes up to.
 *
 * @param nanoTime on the clock that {@link Clock#nanoTime} shows
 */
public record Deadline(long nanoTime) {
  /** For changes that a client makes. */
  public static final Deadline NONE = new Deadline(Long.MAX_VALUE);

  public boolean hasPassed(Clock clock) {
    return nanoTime != Long.MAX_VALUE && clock.nanoTime() - nanoTime > 0;
  }
}
