package io.faaskeeper.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * Several reads that are answered at one view: those that find it too old make it advance to the
 * latest they saw, and all are done again.
 */
final class CombinedRead extends ReadOp {
  private static final int IN_FLIGHT_MAX = 64;

  /** The answer of one part. */
  record Part(Code code, Reply.Body body) {}

  private final List<ClientRequest.Read> reads;
  private final Function<ClientRequest.Read, ReadOp> operation;
  private final BiFunction<Long, List<Part>, Reply.Body> body;

  /**
   * @param operation makes the operation of one read
   * @param body makes the answer, from the view and the answers in the order of the reads
   */
  CombinedRead(
      RunQueue queue,
      List<ClientRequest.Read> reads,
      Function<ClientRequest.Read, ReadOp> operation,
      BiFunction<Long, List<Part>, Reply.Body> body) {
    super(queue);
    this.reads = reads;
    this.operation = operation;
    this.body = body;
  }

  @Override
  void run(long view) {
    if (reads.isEmpty()) {
      answer(Code.OK, body.apply(view, List.of()));
    } else {
      new Round(view).startMore();
    }
  }

  /** All parts at one view. */
  private final class Round {
    private final long view;
    private final @Nullable Part[] parts = new @Nullable Part[reads.size()];
    private int started;
    private int ended;
    private boolean starting;
    private long ahead;

    Round(long view) {
      this.view = view;
    }

    /** A read may end before its start returns. */
    void startMore() {
      if (starting) {
        return;
      }
      starting = true;
      while (started < reads.size() && started - ended < IN_FLIGHT_MAX) {
        int place = started++;
        operation.apply(reads.get(place)).start(view, new At(place));
      }
      starting = false;
      if (ended == reads.size()) {
        end();
      }
    }

    private void end() {
      if (ahead > 0) {
        behind(ahead);
        return;
      }
      List<Part> all = new ArrayList<>(parts.length);
      for (Part part : parts) {
        all.add(Objects.requireNonNull(part));
      }
      answer(Code.OK, body.apply(view, all));
    }

    private final class At implements Outcome {
      private final int place;

      At(int place) {
        this.place = place;
      }

      @Override
      public void answered(Code code, Reply.Body partBody) {
        parts[place] = new Part(code, partBody);
        ended++;
        startMore();
      }

      @Override
      public void behind(long zxid) {
        ahead = Math.max(ahead, zxid);
        ended++;
        startMore();
      }

      @Override
      public void failed(String reason) {
        fail(reason);
      }
    }
  }
}
