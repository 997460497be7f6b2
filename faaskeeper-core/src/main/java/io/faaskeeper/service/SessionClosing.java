package io.faaskeeper.service;

import static java.util.stream.Collectors.toCollection;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import io.faaskeeper.processor.TreeView;
import io.faaskeeper.processor.Verdict;
import io.faaskeeper.processor.WriteProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides the end of sessions, whoever wants it, and of their ephemerals: in several records if
 * there are many. Not thread-safe.
 */
final class SessionClosing {
  /** How many ephemerals one record deletes of a session; one with more takes several records. */
  static final int MAX_EPHEMERALS_PER_RECORD = 500;

  private final RecordDraft draft;
  private final WriteProcessor processor;

  SessionClosing(RecordDraft draft, WriteProcessor processor) {
    this.draft = draft;
    this.processor = processor;
  }

  /** Goes on with closes that others began. */
  void completeCloses() {
    for (long id : List.copyOf(draft.view().closing())) {
      Known<SessionState> session = draft.view().session(id);
      if (session != null && session.isPresent() && draft.hasRoom()) {
        close(session.get(), 0, "");
      }
    }
  }

  /**
   * Closes the sessions of a fenced process that it stood still for too long for. The record says
   * so even if there are none: a session that another writer gives the process at the same time
   * conflicts with it, and is refused then.
   */
  void expire(String process, long stillMillis) {
    Set<String> held = draft.view().owned(OwnerChange.sessionsOf(process));
    if (held == null) {
      return;
    }
    // An entry of an epoch that is over may have been brought back by a late copy.
    Set<Long> ids = held.stream().map(OwnerChange::number).collect(toCollection(TreeSet::new));
    List<SessionState> due = new ArrayList<>();
    for (long id : ids) {
      Known<SessionState> session = draft.view().session(id);
      if (session != null
          && session.isPresent()
          && session.get().status() == Status.OPEN
          && session.get().process().equals(process)
          && session.get().timeoutMillis() <= stillMillis) {
        due.add(session.get());
      }
    }
    for (SessionState session : due) {
      close(session, 0, process);
    }
    if (due.isEmpty()) {
      draft.log(LogEntry.ofService(draft.view().nextZxid(), new Result.Checked(), List.of()));
    }
  }

  /**
   * Closes a session, or goes on with it.
   *
   * @param seq of its own request, or 0
   * @param by the process that loses it without having asked, or empty
   */
  void close(SessionState session, long seq, String by) {
    Set<String> hints = draft.view().owned(OwnerChange.ephemeralsOf(session.id()));
    if (hints == null) {
      return;
    }
    List<String> living = living(hints, session.id());
    if (!draft.view().needs().isEmpty()) {
      return;
    }
    List<String> chunk = living.subList(0, Math.min(living.size(), MAX_EPHEMERALS_PER_RECORD));
    long zxid = draft.view().nextZxid();
    Verdict verdict = processor.deleteEphemerals(draft.view(), chunk, session.id(), zxid);
    if (verdict instanceof Verdict.Missing missing) {
      draft.view().needs().paths().addAll(missing.paths());
      return;
    }
    Verdict.Decided decided = (Verdict.Decided) verdict;
    boolean last = living.size() <= MAX_EPHEMERALS_PER_RECORD;
    boolean asked = seq > 0 || session.status() == Status.CLOSING;
    Status status = last ? Status.CLOSED : asked ? Status.CLOSING : Status.EXPIRING;
    long answers = seq > 0 ? seq : asked ? session.lastSeq() : 0;
    SessionState after =
        (asked ? session.answered(zxid, answers, draft.view().record()) : session)
            .with(status, zxid);
    draft.log(
        new LogEntry(
            zxid,
            after,
            answers,
            session.lastRecord(),
            last && asked,
            new Result.SessionClosed(),
            decided.changes(),
            by));
    if (!last) {
      draft.close();
    }
  }

  /**
   * The session's ephemerals that are confirmed: all, or enough to know that one record does not
   * hold them.
   */
  private List<String> living(Set<String> hints, long sessionId) {
    List<String> living = new ArrayList<>();
    for (String hint : hints) {
      String path = OwnerChange.ephemeralPath(hint);
      TreeView.Lookup found = draft.view().node(path);
      if (found instanceof TreeView.Lookup.Unknown) {
        draft.view().needs().paths().add(path);
      } else if (found instanceof TreeView.Lookup.Present present
          && present.meta().stat().ephemeralOwner() == sessionId) {
        living.add(path);
      }
      if (living.size() + draft.view().needs().paths().size() > MAX_EPHEMERALS_PER_RECORD) {
        break;
      }
    }
    return living;
  }
}
