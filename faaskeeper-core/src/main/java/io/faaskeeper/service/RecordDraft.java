package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;

/**
 * A record in the making: the entries decided so far, on a view that has them already, and the
 * answers that are none. As soon as the view lacks something the whole is void. Not thread-safe.
 */
final class RecordDraft {
  /**
   * Above so many changes a record takes no further request: the distributor's group, and its time,
   * are bounded.
   */
  static final int MAX_CHANGES_PER_RECORD = 2_000;

  private static final int MAX_BYTES_PER_RECORD = 1 << 20;

  private final WorkingView view;
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<Decision.Addressed<Push.Answer>> unlogged = new ArrayList<>();
  private final List<Decision.Addressed<Decision.Duplicate>> duplicates = new ArrayList<>();
  private final List<Decision.Addressed<Long>> syncs = new ArrayList<>();
  private int changes;
  private long bytes;
  private boolean full;

  RecordDraft(LogView base) {
    this.view = new WorkingView(base);
  }

  /** The state as the entries so far leave it. */
  WorkingView view() {
    return view;
  }

  /** Whether it takes another request. */
  boolean hasRoom() {
    return !full && changes < MAX_CHANGES_PER_RECORD && bytes < MAX_BYTES_PER_RECORD;
  }

  /** It takes no further request. */
  void close() {
    full = true;
  }

  /** Adds an entry, unless something is lacking. */
  void log(LogEntry entry) {
    if (!view.needs().isEmpty()) {
      return;
    }
    view.take(entry);
    entries.add(entry);
    changes += entry.nodes().size();
    for (NodeChange change : entry.nodes()) {
      bytes += 200 + change.path().length() + (change.data() == null ? 0 : change.data().length);
    }
  }

  void sync(String process, long token) {
    syncs.add(new Decision.Addressed<>(process, token));
  }

  /** A request that took effect before. */
  void duplicate(String process, SessionState session, long seq) {
    duplicates.add(
        new Decision.Addressed<>(
            process,
            new Decision.Duplicate(session.id(), session.epoch(), seq, session.lastRecord())));
  }

  /** Tells once more that a session was opened or attached. */
  void opened(String process, SessionState session, byte[] password) {
    unlogged.add(
        new Decision.Addressed<>(
            process,
            new Push.Answer(
                session.touched(),
                session.id(),
                session.epoch(),
                0,
                session.token(),
                new Result.SessionOpened(session.epoch(), session.timeoutMillis()),
                password)));
  }

  /** Tells that the session was opened or attached later than an attach knew. */
  void moved(String process, SessionState session, long token) {
    unlogged.add(
        new Decision.Addressed<>(
            process,
            new Push.Answer(
                session.opened(),
                session.id(),
                0,
                0,
                token,
                new Result.Failed(Code.SESSIONMOVED),
                new byte[0])));
  }

  void refuse(String process, Request.OfSession request, long token, String reason) {
    unlogged(process, request, token, new Result.Refused(reason));
  }

  /** Answers a request that has no entry. */
  void unlogged(String process, Request.OfSession request, long token, Result result) {
    unlogged.add(
        new Decision.Addressed<>(
            process,
            new Push.Answer(
                0,
                request.sessionId(),
                request.epoch(),
                request.seq(),
                token,
                result,
                new byte[0])));
  }

  /** What is decided, after so many of the items. */
  Decision decision(int consumed) {
    return new Decision(view.needs(), entries, consumed, unlogged, duplicates, syncs);
  }
}
