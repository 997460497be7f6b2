package io.faaskeeper.client;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.WorkerQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the requests of a process to the writer, in order. One message is on its way at a time,
 * sent again under the same deduplication id as long as it is not known to have arrived; what is
 * added meanwhile goes into the next.
 *
 * <p>When a request has waited too long for its answer, everything unanswered is sent again, in
 * order, to the next message group, and what is added later follows there: a later request must not
 * overtake an earlier one that is stuck in the group before. The first copies are harmless,
 * whenever they come.
 *
 * <p>To be used in tasks of the run queue.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private static final int MESSAGE_REQUESTS_MAX = 100;
  private static final int MESSAGE_BYTES_MAX = 128 << 10;
  private static final int RETRY_FIRST_MILLIS = 50;
  private static final int RETRY_MAX_MILLIS = 1_000;

  private final RunQueue queue;
  private final WorkerQueue worker;
  private final ProcessIdentity identity;
  private final String address;
  private final ClientOptions options;

  /** To be put into messages, in order. */
  private final Deque<Outgoing> unsent = new ArrayDeque<>();

  /** Waiting for an answer, sent or not, in the order in which they were added. */
  private final Set<Outgoing> unanswered = new LinkedHashSet<>();

  private @Nullable Message inFlight;
  private Scheduler.@Nullable Cancellable resendTimer;
  private long timerNanos;
  private int group;
  private long messages;
  private boolean stopped;
  private final CompletableFuture<Void> flushed = new CompletableFuture<>();

  Sender(
      RunQueue queue,
      WorkerQueue worker,
      ProcessIdentity identity,
      String address,
      ClientOptions options) {
    this.queue = queue;
    this.worker = worker;
    this.identity = identity;
    this.address = address;
    this.options = options;
    this.group = Math.floorMod(identity.name().hashCode(), worker.groups());
  }

  /**
   * Sends a request until {@link #answered} is told of it.
   *
   * @param persist asked each time when it was sent often enough in vain: whether to go on
   */
  Outgoing send(Request request, BooleanSupplier persist) {
    Outgoing outgoing = new Outgoing(request, true, persist);
    unanswered.add(outgoing);
    unsent.add(outgoing);
    flush();
    return outgoing;
  }

  /** Sends a request that is not answered. */
  void sendOnce(Request request) {
    unsent.add(new Outgoing(request, false, () -> false));
    flush();
  }

  /** This request need not be sent any more. */
  void answered(Outgoing outgoing) {
    outgoing.done = true;
    unanswered.remove(outgoing);
  }

  /**
   * Drops what waits for an answer, and sends the rest, once.
   *
   * @return completes when that was tried
   */
  CompletionStage<Void> stop() {
    unanswered.forEach(outgoing -> outgoing.done = true);
    unanswered.clear();
    stopped = true;
    if (resendTimer != null) {
      resendTimer.cancel();
    }
    flush();
    return flushed;
  }

  private void flush() {
    if (inFlight != null) {
      return;
    }
    Message message = nextMessage();
    if (message != null) {
      inFlight = message;
      transmit(message, RETRY_FIRST_MILLIS);
    } else if (stopped) {
      flushed.complete(null);
    }
  }

  private @Nullable Message nextMessage() {
    List<Outgoing> parts = new ArrayList<>();
    long now = queue.nanoTime();
    int bytes = 0;
    for (Outgoing next = unsent.peek(); next != null; next = unsent.peek()) {
      boolean full = parts.size() == MESSAGE_REQUESTS_MAX || bytes + next.bytes > MESSAGE_BYTES_MAX;
      if (!next.done && full && !parts.isEmpty()) {
        break;
      }
      unsent.remove();
      if (!next.done) {
        parts.add(next);
        bytes += next.bytes;
        next.dueNanos = now + options.resendDelayMillis(next.attempts) * 1_000_000L;
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    parts.forEach(part -> ensureTimer(part.dueNanos));
    return new Message(parts, identity.name() + "-" + ++messages, sealed(parts));
  }

  private byte[] sealed(List<Outgoing> parts) {
    List<Request> requests = parts.stream().map(part -> part.request).toList();
    return Seal.seal(
        identity.secret(),
        Seal.Direction.TO_WRITER,
        Codec.encode(new RequestMessage(identity.name(), address, requests)));
  }

  private void transmit(Message message, int retryMillis) {
    queue.onDone(
        worker.send(group, message.id, message.bytes),
        () -> {
          if (inFlight == message) {
            inFlight = null;
            flush();
          }
        },
        failure -> {
          if (stopped) {
            flushed.complete(null);
          } else {
            LOG.debug("a send failed, it is repeated", failure);
            queue.after(retryMillis, () -> retry(message, retryMillis));
          }
        });
  }

  private void retry(Message message, int retryMillis) {
    if (inFlight != message) {
      return;
    }
    if (stopped) {
      inFlight = null;
      flush();
    } else {
      transmit(message, Math.min(2 * retryMillis, RETRY_MAX_MILLIS));
    }
  }

  /** Has somebody look at a time, if nobody does before. */
  private void ensureTimer(long nanoTime) {
    if (stopped || (resendTimer != null && timerNanos - nanoTime <= 0)) {
      return;
    }
    if (resendTimer != null) {
      resendTimer.cancel();
    }
    timerNanos = nanoTime;
    long left = nanoTime - queue.nanoTime();
    resendTimer = queue.after(Math.max(1, (left + 999_999L) / 1_000_000L), this::checkDue);
  }

  private void checkDue() {
    resendTimer = null;
    if (stopped) {
      return;
    }
    long now = queue.nanoTime();
    List<Outgoing> due =
        unanswered.stream()
            .filter(o -> o.dueNanos != Long.MAX_VALUE && o.dueNanos - now <= 0)
            .toList();
    boolean resend = false;
    for (Outgoing outgoing : due) {
      resend |= !outgoing.done && worthAnother(outgoing);
    }
    if (resend) {
      moveToNextGroup();
    }
    scheduleNext();
  }

  private boolean worthAnother(Outgoing outgoing) {
    outgoing.attempts++;
    if (outgoing.attempts <= options.resendDelaysMillis().size()
        || outgoing.persist.getAsBoolean()) {
      return true;
    }
    answered(outgoing);
    return false;
  }

  private void moveToNextGroup() {
    int before = group;
    group = (group + 1) % worker.groups();
    LOG.info(
        "{} requests of process {} are unanswered, they are sent again: group {} instead of {}",
        unanswered.size(),
        identity,
        group,
        before);
    List<Outgoing> unanswerable = new ArrayList<>();
    if (inFlight != null) {
      inFlight.parts.stream().filter(part -> !part.answerable).forEach(unanswerable::add);
      inFlight = null;
    }
    unsent.stream().filter(part -> !part.answerable).forEach(unanswerable::add);
    unsent.clear();
    for (Outgoing outgoing : unanswered) {
      outgoing.dueNanos = Long.MAX_VALUE;
      unsent.add(outgoing);
    }
    unsent.addAll(unanswerable);
    flush();
  }

  private void scheduleNext() {
    for (Outgoing outgoing : unanswered) {
      if (outgoing.dueNanos != Long.MAX_VALUE) {
        ensureTimer(outgoing.dueNanos);
      }
    }
  }

  /** Compared by identity. */
  private static final class Message {
    final List<Outgoing> parts;
    final String id;
    final byte[] bytes;

    Message(List<Outgoing> parts, String id, byte[] bytes) {
      this.parts = parts;
      this.id = id;
      this.bytes = bytes;
    }
  }
}
