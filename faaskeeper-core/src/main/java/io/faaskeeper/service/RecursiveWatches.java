package io.faaskeeper.service;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.Watermarks.RecursiveWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The recursive watches as of one generation, kept between groups. Not thread-safe. */
final class RecursiveWatches {
  /** A watch that was removed is told of for so long at most: to remove one moves no generation. */
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Watermarks watermarks;
  private final Clock clock;
  private List<RecursiveWatch> watches = List.of();
  private long generation;
  private long readAt;

  RecursiveWatches(Watermarks watermarks, Clock clock) {
    this.watermarks = watermarks;
    this.clock = clock;
  }

  /**
   * The newest generation all of whose watches are among {@link #watches}. 0 is that of a
   * deployment that has none.
   */
  long generation() {
    return generation;
  }

  List<RecursiveWatch> watches() {
    return watches;
  }

  /** Makes sure that the watches of a generation are known. */
  CompletionStage<Void> refresh(long wanted) {
    long now = clock.nanoTime();
    boolean stale = !watches.isEmpty() && now - readAt > FRESH_NANOS;
    if (wanted <= generation && !stale) {
      return Async.done();
    }
    return watermarks
        .recursiveWatches()
        .thenAccept(
            all -> {
              watches = List.copyOf(all);
              generation = Math.max(generation, wanted);
              readAt = now;
            });
  }
}
