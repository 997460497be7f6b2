package io.faaskeeper.host.source;

/**
 * How an event source reads a stream; Lambda's own settings.
 *
 * @param batchSize how many records an event has at most
 * @param parallelization how many batches of one shard are worked on at once, of different keys
 * @param maxRetries how often a batch is tried again before it is lost
 * @param bisect whether a batch that fails is tried again in halves
 */
public record StreamSettings(int batchSize, int parallelization, int maxRetries, boolean bisect) {
  /** Lambda's default: until the records expire. */
  public static final int FOR_EVER = Integer.MAX_VALUE;

  /** Lambda's limit. */
  public static final int MAX_PARALLELIZATION = 10;

  public StreamSettings {
    if (batchSize < 1 || parallelization < 1 || parallelization > MAX_PARALLELIZATION) {
      throw new IllegalArgumentException(batchSize + " records, " + parallelization + " batches");
    }
  }
}
