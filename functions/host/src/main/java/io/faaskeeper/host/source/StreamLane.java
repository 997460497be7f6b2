package io.faaskeeper.host.source;

import io.faaskeeper.host.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on some keys of a shard, one batch at a time, until it is done or lost. Thread-safe. */
final class StreamLane {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLane.class);
  private static final Duration REST = Duration.ofMillis(200);

  private final StreamSettings settings;
  private final Function<byte[], CompletionStage<InvocationResult>> invoke;
  private final ScheduledExecutorService timers;
  private final Deque<StreamRecord> waiting = new ArrayDeque<>();

  /** What comes before the waiting. */
  private final Deque<StreamBatch> begun = new ArrayDeque<>();

  private boolean working;
  private boolean closed;

  StreamLane(
      StreamSettings settings,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      ScheduledExecutorService timers) {
    this.settings = settings;
    this.invoke = invoke;
    this.timers = timers;
  }

  void add(StreamRecord record) {
    synchronized (this) {
      waiting.add(record);
    }
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Nothing is worked on, and nothing waits. */
  synchronized boolean isIdle() {
    return !working && waiting.isEmpty() && begun.isEmpty();
  }

  /** Begins no other batch. */
  synchronized void close() {
    closed = true;
  }

  /** Works on what is there, if it does not do so already. */
  void work() {
    StreamBatch batch;
    synchronized (this) {
      batch = working || closed ? null : next();
      working |= batch != null;
    }
    if (batch != null) {
      invoke
          .apply(StreamEvent.of(batch.records()))
          .whenComplete((result, failure) -> worked(batch, result, failure));
    }
  }

  private @Nullable StreamBatch next() {
    if (!begun.isEmpty()) {
      return begun.remove();
    }
    List<StreamRecord> records = new ArrayList<>();
    while (records.size() < settings.batchSize() && !waiting.isEmpty()) {
      records.add(waiting.remove());
    }
    return records.isEmpty() ? null : new StreamBatch(records, 0);
  }

  private void worked(
      StreamBatch batch, @Nullable InvocationResult result, @Nullable Throwable failure) {
    InvocationResult known =
        result == null
            ? new InvocationResult.Failed(String.valueOf(failure).getBytes(StandardCharsets.UTF_8))
            : result;
    StreamBatch.Next next = batch.after(known, settings.bisect(), settings.maxRetries());
    if (!next.lost().isEmpty()) {
      LOG.error("{} records of a stream are lost: they failed too often", next.lost().size());
    }
    synchronized (this) {
      List<StreamBatch> again = next.again();
      for (int i = again.size() - 1; i >= 0; i--) {
        begun.addFirst(again.get(i));
      }
      working = false;
    }
    if (next.rest()) {
      LOG.warn("A batch of {} records of a stream failed", batch.records().size());
      var unused = timers.schedule(this::work, REST.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      work();
    }
  }
}
