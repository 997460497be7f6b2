package io.faaskeeper.service;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import io.faaskeeper.processor.EphemeralOwner;
import io.faaskeeper.processor.TreeView;
import io.faaskeeper.processor.Verdict;
import io.faaskeeper.processor.WriteContext;
import io.faaskeeper.processor.WriteProcessor;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one record says: pure. Each request is decided on the tree as the one before it left
 * it; duplicates and refusals are part of the decision, so that it is simply made again when
 * another record was first.
 */
final class Decider {
  /** How many ephemerals one record deletes of a session; one with more takes several records. */
  static final int MAX_EPHEMERALS_PER_RECORD = 500;

  /**
   * Above so many changes a record takes no further request: the distributor's group, and its time,
   * are bounded.
   */
  static final int MAX_CHANGES_PER_RECORD = 2_000;

  private static final int MAX_BYTES_PER_RECORD = 1 << 20;

  private final WriteProcessor processor;
  private final ServiceOptions options;

  Decider(WriteProcessor processor, ServiceOptions options) {
    this.processor = processor;
    this.options = options;
  }

  /**
   * Decides as many items as one record holds.
   *
   * @param fit whether a process may be given a session: it is registered and not fenced
   * @param suspects what became of the suspicions: the processes that are fenced
   */
  Decision decide(
      LogView view, List<Item> items, Set<String> fit, Set<String> suspects, long timeMillis) {
    Attempt attempt = new Attempt(view, fit, suspects, timeMillis);
    attempt.completeCloses();
    int consumed = 0;
    while (consumed < items.size() && attempt.hasRoom()) {
      attempt.decide(items.get(consumed));
      consumed++;
    }
    return attempt.decision(consumed);
  }

  private final class Attempt {
    private final WorkingView view;
    private final Set<String> fit;
    private final Set<String> fenced;
    private final long timeMillis;
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Decision.Addressed<Push.Answer>> unlogged = new ArrayList<>();
    private final List<Decision.Addressed<Decision.Duplicate>> duplicates = new ArrayList<>();
    private final List<Decision.Addressed<Long>> syncs = new ArrayList<>();
    private int changes;
    private long bytes;
    private boolean full;

    Attempt(LogView base, Set<String> fit, Set<String> fenced, long timeMillis) {
      this.view = new WorkingView(base);
      this.fit = fit;
      this.fenced = fenced;
      this.timeMillis = timeMillis;
    }

    Decision decision(int consumed) {
      return new Decision(view.needs(), entries, consumed, unlogged, duplicates, syncs);
    }

    boolean hasRoom() {
      return !full && changes < MAX_CHANGES_PER_RECORD && bytes < MAX_BYTES_PER_RECORD;
    }

    /** Goes on with closes that others began. */
    void completeCloses() {
      for (long id : List.copyOf(view.closing())) {
        Known<SessionState> session = view.session(id);
        if (session != null && session.isPresent() && hasRoom()) {
          close(session.get(), 0, "");
        }
      }
    }

    void decide(Item item) {
      if (item.request() instanceof Request.OfSession request) {
        ofSession(item.process(), request);
      } else if (item.request() instanceof Request.Sync sync) {
        syncs.add(new Decision.Addressed<>(item.process(), sync.token()));
      } else if (item.request() instanceof Request.Suspicion suspicion) {
        if (fenced.contains(suspicion.process())) {
          expire(suspicion.process(), suspicion.stillMillis());
        }
      } else if (item.request() instanceof Request.Maintenance maintenance) {
        maintain(maintenance.operation());
      }
    }

    private void maintain(Operation.DeleteContainer operation) {
      Verdict.Decided decided = verdict(operation, 0, List.of());
      if (decided != null && decided.result() instanceof Result.Deleted) {
        log(LogEntry.ofService(view.nextZxid(), decided.result(), decided.changes()));
      }
    }

    /**
     * Closes the sessions of a fenced process that it stood still for too long for. The record says
     * so even if there are none: a session that another writer gives the process at the same time
     * conflicts with it, and is refused then.
     */
    private void expire(String process, long stillMillis) {
      Set<String> held = view.owned(OwnerChange.sessionsOf(process));
      if (held == null) {
        return;
      }
      List<SessionState> due = new ArrayList<>();
      for (String entry : held) {
        Known<SessionState> session = view.session(OwnerChange.number(entry));
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
        log(LogEntry.ofService(view.nextZxid(), new Result.Checked(), List.of()));
      }
    }

    private void ofSession(String process, Request.OfSession request) {
      Known<SessionState> known = view.session(request.sessionId());
      if (known == null) {
        return;
      }
      SessionState session = known.value();
      if (request.operation() instanceof Operation.CreateSession create) {
        create(process, request, create, session);
      } else if (request.operation() instanceof Operation.AttachSession attach) {
        attach(process, request, attach, session);
      } else {
        inSession(process, request, session);
      }
    }

    private void create(
        String process,
        Request.OfSession request,
        Operation.CreateSession create,
        @Nullable SessionState session) {
      if (session != null) {
        boolean again =
            session.process().equals(process)
                && session.epoch() == 1
                && session.status() == Status.OPEN;
        if (again) {
          opened(process, session);
        } else {
          refuse(process, request, 0, "the session's id is in use");
        }
        return;
      }
      long id = request.sessionId();
      if (!EphemeralOwner.isSessionId(id)) {
        refuse(process, request, 0, "no id for a session");
        return;
      }
      if (!fit.contains(process)) {
        refuse(process, request, 0, "the process is fenced");
        return;
      }
      int timeout = options.negotiate(create.timeoutMillis());
      long zxid = view.nextZxid();
      SessionState opened =
          new SessionState(id, zxid, Status.OPEN, timeout, process, 1, 0, 0, view.record());
      log(
          new LogEntry(
              zxid, opened, 0, 0, true, new Result.SessionOpened(1, timeout), List.of(), ""));
    }

    private void attach(
        String process,
        Request.OfSession request,
        Operation.AttachSession attach,
        @Nullable SessionState session) {
      if (attach.lastZxidSeen() > view.lastZxid()) {
        refuse(process, request, attach.token(), "the client has seen the future");
        return;
      }
      byte[] password = Seal.password(options.deploymentSecret(), request.sessionId());
      if (session == null
          || session.status() != Status.OPEN
          || !MessageDigest.isEqual(password, attach.password())) {
        unlogged(process, request, attach.token(), new Result.Failed(Code.SESSIONEXPIRED));
        return;
      }
      if (session.token() == attach.token() && session.process().equals(process)) {
        opened(process, session);
        return;
      }
      if (!fit.contains(process)) {
        refuse(process, request, attach.token(), "the process is fenced");
        return;
      }
      int timeout = options.negotiate(attach.timeoutMillis());
      int epoch = session.epoch() + 1;
      long zxid = view.nextZxid();
      SessionState attached =
          new SessionState(
              session.id(),
              zxid,
              Status.OPEN,
              timeout,
              process,
              epoch,
              attach.token(),
              0,
              view.record());
      String taken = session.process().equals(process) ? "" : session.process();
      log(
          new LogEntry(
              zxid,
              attached,
              0,
              0,
              true,
              new Result.SessionOpened(epoch, timeout),
              List.of(),
              taken));
    }

    private void inSession(
        String process, Request.OfSession request, @Nullable SessionState session) {
      if (session == null
          || !session.process().equals(process)
          || session.epoch() != request.epoch()) {
        refuse(process, request, 0, "the session is not held by this process any more");
      } else if (request.seq() <= session.lastSeq()) {
        duplicates.add(
            new Decision.Addressed<>(
                process,
                new Decision.Duplicate(
                    session.id(), session.epoch(), request.seq(), session.lastRecord())));
      } else if (session.status() != Status.OPEN) {
        refuse(process, request, 0, "the session is closed");
      } else if (request.seq() != session.lastSeq() + 1) {
        refuse(process, request, 0, "request " + (session.lastSeq() + 1) + " is missing");
      } else if (request.operation() instanceof Operation.CloseSession) {
        close(session, request.seq(), "");
      } else {
        write(request, session);
      }
    }

    private void write(Request.OfSession request, SessionState session) {
      Verdict.Decided decided = verdict(request.operation(), session.id(), request.credentials());
      if (decided == null) {
        return;
      }
      long zxid = view.nextZxid();
      log(
          new LogEntry(
              zxid,
              session.answered(zxid, request.seq(), view.record()),
              request.seq(),
              session.lastRecord(),
              true,
              decided.result(),
              decided.changes(),
              ""));
    }

    private Verdict.@Nullable Decided verdict(
        Operation operation, long sessionId, List<Credential> credentials) {
      Verdict verdict =
          processor.process(
              view,
              operation,
              new WriteContext(view.nextZxid(), timeMillis, sessionId, credentials));
      return decided(verdict);
    }

    private Verdict.@Nullable Decided decided(Verdict verdict) {
      if (verdict instanceof Verdict.Missing missing) {
        view.needs().paths().addAll(missing.paths());
        return null;
      }
      return (Verdict.Decided) verdict;
    }

    /**
     * Closes a session, or goes on with it.
     *
     * @param seq of its own request, or 0
     * @param by the process that loses it without having asked, or empty
     */
    private void close(SessionState session, long seq, String by) {
      Set<String> hints = view.owned(OwnerChange.ephemeralsOf(session.id()));
      if (hints == null) {
        return;
      }
      List<String> living = living(hints, session.id());
      if (!view.needs().isEmpty()) {
        return;
      }
      List<String> chunk = living.subList(0, Math.min(living.size(), MAX_EPHEMERALS_PER_RECORD));
      long zxid = view.nextZxid();
      Verdict.Decided decided =
          decided(processor.deleteEphemerals(view, chunk, session.id(), zxid));
      if (decided == null) {
        return;
      }
      boolean last = living.size() <= MAX_EPHEMERALS_PER_RECORD;
      boolean asked = seq > 0 || session.status() == Status.CLOSING;
      Status status = last ? Status.CLOSED : asked ? Status.CLOSING : Status.EXPIRING;
      long answers = seq > 0 ? seq : asked ? session.lastSeq() : 0;
      SessionState after =
          (asked ? session.answered(zxid, answers, view.record()) : session).with(status, zxid);
      log(
          new LogEntry(
              zxid,
              after,
              answers,
              session.lastRecord(),
              last && asked,
              new Result.SessionClosed(),
              decided.changes(),
              by));
      full |= !last;
    }

    /**
     * The session's ephemerals that are confirmed: all, or enough to know that one record does not
     * hold them.
     */
    private List<String> living(Set<String> hints, long sessionId) {
      List<String> living = new ArrayList<>();
      for (String hint : hints) {
        String path = OwnerChange.ephemeralPath(hint);
        TreeView.Lookup found = view.node(path);
        if (found instanceof TreeView.Lookup.Unknown) {
          view.needs().paths().add(path);
        } else if (found instanceof TreeView.Lookup.Present present
            && present.meta().stat().ephemeralOwner() == sessionId) {
          living.add(path);
        }
        if (living.size() + view.needs().paths().size() > MAX_EPHEMERALS_PER_RECORD) {
          break;
        }
      }
      return living;
    }

    private void log(LogEntry entry) {
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

    private void opened(String process, SessionState session) {
      byte[] password = Seal.password(options.deploymentSecret(), session.id());
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

    private void refuse(String process, Request.OfSession request, long token, String reason) {
      unlogged(process, request, token, new Result.Refused(reason));
    }

    private void unlogged(String process, Request.OfSession request, long token, Result result) {
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
  }
}
