package io.faaskeeper.service;

import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.Watermarks.RecursiveWatch;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The recursive watches as of one generation, kept between groups. Not thread-safe. */
final class RecursiveWatches {
  private final Watermarks watermarks;
  private List<RecursiveWatch> watches = List.of();
  private long generation;

  RecursiveWatches(Watermarks watermarks) {
    this.watermarks = watermarks;
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
    if (wanted <= generation) {
      return Async.done();
    }
    return watermarks
        .recursiveWatches()
        .thenAccept(
            all -> {
              watches = List.copyOf(all);
              generation = wanted;
            });
  }
}
