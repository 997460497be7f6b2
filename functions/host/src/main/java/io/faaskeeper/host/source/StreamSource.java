package io.faaskeeper.host.source;

import io.faaskeeper.host.lambda.InvocationResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/**
 * Lambda's event source mapping for the stream of a table: reads each shard from where it stands at
 * the start, a shard that appears later from its beginning when its parent is done; the changes of
 * one key are in order, one batch of them at a time. Nothing is remembered over a restart: a stream
 * that is left is not taken up again. Thread-safe.
 */
public final class StreamSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamSource.class);

  /** Lambda looks four times a second; who waits for answers here sees it. */
  private static final Duration POLL = Duration.ofMillis(20);

  private static final Duration DISCOVERY = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);
  private static final int MAX_WAITING = 1_000;

  private final Shards shards;
  private final StreamSettings settings;
  private final Function<byte[], CompletionStage<InvocationResult>> invoke;
  private final ScheduledExecutorService timers;
  private volatile boolean closed;

  /** By id, the shards that are read, or were. Guarded by itself, as are the done ones. */
  private final Map<String, Reader> readers = new HashMap<>();

  private final Set<String> done = new HashSet<>();

  StreamSource(
      Shards shards,
      StreamSettings settings,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      ScheduledExecutorService timers) {
    this.shards = shards;
    this.settings = settings;
    this.invoke = invoke;
    this.timers = timers;
  }

  /**
   * Begins to read a stream.
   *
   * @param invoke calls the function
   * @param timers not owned
   * @return completes when all changes from now on are read
   */
  public static CompletionStage<StreamSource> start(
      DynamoDbStreamsAsyncClient streams,
      String streamArn,
      String region,
      StreamSettings settings,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      ScheduledExecutorService timers) {
    StreamSource source =
        new StreamSource(new TableStream(streams, streamArn, region), settings, invoke, timers);
    return source.start().thenApply(begun -> source);
  }

  CompletionStage<Void> start() {
    return shards
        .list()
        .thenCompose(
            all ->
                CompletableFuture.allOf(
                    all.stream().map(this::begin).toArray(CompletableFuture<?>[]::new)))
        .thenRun(this::discoverLater);
  }

  private CompletableFuture<Void> begin(Shards.Shard shard) {
    return shards
        .iterator(shard.id(), true)
        .thenAccept(iterator -> read(shard.id(), iterator))
        .toCompletableFuture();
  }

  private void read(String shard, String iterator) {
    Reader reader = new Reader(shard);
    synchronized (readers) {
      readers.put(shard, reader);
    }
    reader.poll(iterator);
  }

  private void discoverLater() {
    if (!closed) {
      var unused = timers.schedule(this::discover, DISCOVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Takes up shards that are new, and whose parents are done. */
  private void discover() {
    shards
        .list()
        .thenCompose(
            all -> {
              List<CompletableFuture<Void>> begun =
                  all.stream()
                      .filter(shard -> isDue(shard, all))
                      .map(
                          shard ->
                              shards
                                  .iterator(shard.id(), false)
                                  .thenAccept(iterator -> read(shard.id(), iterator))
                                  .toCompletableFuture())
                      .toList();
              return CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new));
            })
        .whenComplete(
            (found, failure) -> {
              if (failure != null && !closed) {
                LOG.warn("The shards of a stream could not be listed: {}", failure.toString());
              }
              discoverLater();
            });
  }

  private boolean isDue(Shards.Shard shard, List<Shards.Shard> all) {
    synchronized (readers) {
      boolean parentThere = all.stream().anyMatch(other -> other.id().equals(shard.parent()));
      return !readers.containsKey(shard.id()) && (!parentThere || done.contains(shard.parent()));
    }
  }

  /** Reads no more; batches in work come to their end, if the function does. */
  @Override
  public void close() {
    closed = true;
    synchronized (readers) {
      readers.values().forEach(Reader::close);
    }
  }

  /** Reads one shard, and deals its records to lanes by their keys. */
  private final class Reader {
    private final String shard;
    private final List<StreamLane> lanes;

    Reader(String shard) {
      this.shard = shard;
      this.lanes =
          IntStream.range(0, settings.parallelization())
              .mapToObj(i -> new StreamLane(settings, invoke, timers))
              .toList();
    }

    void poll(String iterator) {
      if (closed) {
        return;
      }
      if (lanes.stream().anyMatch(lane -> lane.size() > MAX_WAITING)) {
        later(POLL, iterator);
        return;
      }
      shards
          .read(iterator)
          .whenComplete(
              (page, failure) -> {
                if (page != null) {
                  take(page);
                } else if (!closed) {
                  LOG.warn("A shard rests after an error: {}", String.valueOf(failure));
                  later(PAUSE_AFTER_ERROR, iterator);
                }
              });
    }

    private void take(Shards.Page page) {
      for (StreamRecord record : page.records()) {
        lanes.get(Math.floorMod(record.key().hashCode(), lanes.size())).add(record);
      }
      lanes.forEach(StreamLane::work);
      String next = page.next();
      if (next == null) {
        awaitDone();
      } else if (page.records().isEmpty()) {
        later(POLL, next);
      } else {
        poll(next);
      }
    }

    private void later(Duration pause, String iterator) {
      var unused = timers.schedule(() -> poll(iterator), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void awaitDone() {
      if (lanes.stream().allMatch(StreamLane::isIdle)) {
        synchronized (readers) {
          done.add(shard);
        }
      } else if (!closed) {
        var unused = timers.schedule(this::awaitDone, POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    void close() {
      lanes.forEach(StreamLane::close);
    }
  }
}
