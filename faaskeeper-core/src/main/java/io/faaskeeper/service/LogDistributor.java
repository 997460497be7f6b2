package io.faaskeeper.service;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Starts from the watermark and distributes what the log holds after it: the distributor function,
 * and what a writer does to finish what another left behind. Not thread-safe: one run at a time.
 */
final class LogDistributor implements Distributor {
  /** How many slots are read at once; one at first, since each costs a read. */
  private static final int MAX_READ_AHEAD = 8;

  private final ServicePorts ports;
  private final Distribution distribution;

  LogDistributor(ServicePorts ports, Distribution distribution) {
    this.ports = ports;
    this.distribution = distribution;
  }

  @Override
  public CompletionStage<Void> distribute(Deadline deadline) {
    return ports
        .watermarks()
        .read()
        .thenCompose(from -> distribute(from, Long.MAX_VALUE, deadline))
        .thenApply(now -> null);
  }

  /**
   * Distributes from a watermark on.
   *
   * @param upTo the last record that is wanted, if there are so many
   * @return the watermark after it
   */
  CompletionStage<Watermark> distribute(Watermark from, long upTo, Deadline deadline) {
    Run run = new Run(from, upTo, deadline);
    return Async.whileTrue(run::step).thenApply(done -> run.now);
  }

  /** One run from a watermark to the end of the log. */
  private final class Run {
    private final Deque<LogRecord> read = new ArrayDeque<>();
    private final long upTo;
    private final Deadline deadline;
    private Watermark now;
    private int readAhead = 1;

    Run(Watermark from, long upTo, Deadline deadline) {
      this.now = from;
      this.upTo = upTo;
      this.deadline = deadline;
    }

    /** Distributes a group of what was read, or reads on; tells whether there may be more. */
    CompletionStage<Boolean> step() {
      while (!read.isEmpty() && read.getFirst().number() <= now.record()) {
        read.removeFirst();
      }
      if (!read.isEmpty()) {
        Group group = Group.prefix(List.copyOf(read), Distribution.MAX_CHANGES_PER_GROUP);
        return distribution.distribute(group, now, deadline).thenApply(this::reached);
      }
      if (now.record() >= upTo) {
        return Async.done().thenApply(done -> false);
      }
      return readOn();
    }

    private boolean reached(Watermark watermark) {
      boolean moved = watermark.record() > now.record();
      now = watermark;
      return moved;
    }

    private CompletionStage<Boolean> readOn() {
      int count = (int) Math.min(readAhead, upTo - now.record());
      List<CompletionStage<Slot>> slots = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        slots.add(ports.log().read(now.record() + i));
      }
      return Async.all(slots).thenCompose(done -> take(slots));
    }

    private CompletionStage<Boolean> take(List<CompletionStage<Slot>> slots) {
      for (CompletionStage<Slot> stage : slots) {
        Slot slot = stage.toCompletableFuture().join();
        if (slot instanceof Slot.Found found) {
          read.add(found.record());
        } else if (slot instanceof Slot.Overwritten && read.isEmpty()) {
          // Others have brought the watermark, and the log, a lap ahead.
          return ports.watermarks().read().thenApply(this::reached);
        } else {
          break;
        }
      }
      readAhead = Math.min(MAX_READ_AHEAD, 2 * readAhead);
      return Async.done().thenApply(done -> !read.isEmpty());
    }
  }
}
