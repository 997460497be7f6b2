package io.faaskeeper.client;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on one request of a session that is not logged. It is given the session's view, which
 * stands still while it works, and ends by an answer that holds at this view, or by the demand for
 * a later one. A storage call that fails is repeated, with growing delays.
 *
 * <p>To be used in tasks of the run queue. What it says may come before {@link #start} returns.
 */
abstract class ReadOp {
  private static final Logger LOG = LoggerFactory.getLogger(ReadOp.class);
  private static final int ATTEMPTS_MAX = 10;
  private static final int RETRY_FIRST_MILLIS = 50;
  private static final int RETRY_MAX_MILLIS = 1_000;

  /** Who waits for it: told once of each start and each advance. */
  interface Outcome {
    /** This is the answer at the view. */
    void answered(Code code, Reply.Body body);

    /**
     * Storage has a change that the view does not: call {@link #advanced} when the view is exactly
     * there, or {@link #start} another operation.
     */
    void behind(long zxid);

    /** Storage does not answer. */
    void failed(String reason);
  }

  private final RunQueue queue;
  private @Nullable Outcome outcome;
  private int attempts;

  ReadOp(RunQueue queue) {
    this.queue = queue;
  }

  final void start(long view, Outcome to) {
    outcome = to;
    run(view);
  }

  /** Nobody waits any more. */
  void cancel() {
    outcome = null;
  }

  final boolean isCancelled() {
    return outcome == null;
  }

  /** Works from the beginning, at this view. */
  abstract void run(long view);

  /** The view is now what {@link Outcome#behind} asked for. */
  void advanced(long view) {
    run(view);
  }

  final void answer(Code code, Reply.Body body) {
    if (outcome != null) {
      outcome.answered(code, body);
    }
  }

  final void answer(Code code) {
    answer(code, new Reply.None());
  }

  final void behind(long zxid) {
    if (outcome != null) {
      outcome.behind(zxid);
    }
  }

  final void fail(String reason) {
    if (outcome != null) {
      outcome.failed(reason);
    }
  }

  /** Makes a storage call, and goes on with its value if somebody still waits. */
  final <T> void then(Supplier<CompletionStage<T>> call, Consumer<? super T> next) {
    queue.on(
        call.get(),
        value -> {
          if (outcome != null) {
            next.accept(value);
          }
        },
        failure -> retry(failure, () -> then(call, next)));
  }

  /** Goes on later, if somebody still waits. */
  final void later(int millis, Runnable next) {
    queue.after(
        millis,
        () -> {
          if (outcome != null) {
            next.run();
          }
        });
  }

  private void retry(Throwable failure, Runnable again) {
    if (++attempts >= ATTEMPTS_MAX) {
      fail("storage does not answer: " + failure);
      return;
    }
    LOG.debug("a storage call of a read failed, it is repeated", failure);
    later(Math.min(RETRY_FIRST_MILLIS << (attempts - 1), RETRY_MAX_MILLIS), again);
  }
}
