package io.faaskeeper.service;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import io.faaskeeper.processor.Verdict;
import io.faaskeeper.processor.WriteContext;
import io.faaskeeper.processor.WriteProcessor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what one record says: pure. Each request is decided on the tree as the one before it left
 * it; duplicates and refusals are part of the decision, so that it is simply made again when
 * another record was first.
 */
final class Decider {
  private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

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
    attempt.closing.completeCloses();
    int consumed = 0;
    while (consumed < items.size() && attempt.draft.hasRoom()) {
      attempt.decideOrRefuse(items.get(consumed));
      consumed++;
    }
    return attempt.draft.decision(consumed);
  }

  private final class Attempt {
    private final RecordDraft draft;
    private final SessionOpening opening;
    private final SessionClosing closing;
    private final Set<String> fenced;
    private final long timeMillis;

    Attempt(LogView base, Set<String> fit, Set<String> fenced, long timeMillis) {
      this.draft = new RecordDraft(base);
      this.opening = new SessionOpening(draft, options, fit);
      this.closing = new SessionClosing(draft, processor);
      this.fenced = fenced;
      this.timeMillis = timeMillis;
    }

    /** What can't be decided must not keep others waiting: it would come again and again. */
    void decideOrRefuse(Item item) {
      try {
        decide(item);
      } catch (RuntimeException e) {
        LOG.error("a request of process {} can't be decided: it is refused", item.process(), e);
        if (item.request() instanceof Request.OfSession request) {
          draft.refuse(item.process(), request, 0, "the writer failed to decide it");
        }
      }
    }

    private void decide(Item item) {
      if (item.request() instanceof Request.OfSession request) {
        ofSession(item.process(), request);
      } else if (item.request() instanceof Request.Sync sync) {
        draft.sync(item.process(), sync.token());
      } else if (item.request() instanceof Request.Suspicion suspicion) {
        if (fenced.contains(suspicion.process())) {
          closing.expire(suspicion.process(), suspicion.stillMillis());
        }
      } else if (item.request() instanceof Request.Maintenance maintenance) {
        maintain(maintenance.operation());
      }
    }

    private void maintain(Operation.DeleteContainer operation) {
      Verdict.Decided decided = verdict(operation, 0, List.of());
      if (decided != null && decided.result() instanceof Result.Deleted) {
        draft.log(LogEntry.ofService(draft.view().nextZxid(), decided.result(), decided.changes()));
      }
    }

    private void ofSession(String process, Request.OfSession request) {
      Known<SessionState> known = draft.view().session(request.sessionId());
      if (known == null) {
        return;
      }
      SessionState session = known.value();
      if (request.operation() instanceof Operation.CreateSession create) {
        opening.create(process, request, create, session);
      } else if (request.operation() instanceof Operation.AttachSession attach) {
        opening.attach(process, request, attach, session);
      } else {
        inSession(process, request, session);
      }
    }

    private void inSession(
        String process, Request.OfSession request, @Nullable SessionState session) {
      if (session == null
          || !session.process().equals(process)
          || session.epoch() != request.epoch()) {
        draft.refuse(process, request, 0, "the session is not held by this process any more");
      } else if (request.seq() <= session.lastSeq()) {
        draft.duplicate(process, session, request.seq());
      } else if (session.status() != Status.OPEN) {
        draft.refuse(process, request, 0, "the session is closed");
      } else if (request.seq() != session.lastSeq() + 1) {
        draft.refuse(process, request, 0, "request " + (session.lastSeq() + 1) + " is missing");
      } else if (request.operation() instanceof Operation.CloseSession) {
        closing.close(session, request.seq(), "");
      } else {
        write(request, session);
      }
    }

    private void write(Request.OfSession request, SessionState session) {
      Verdict.Decided decided = verdict(request.operation(), session.id(), request.credentials());
      if (decided == null) {
        return;
      }
      long zxid = draft.view().nextZxid();
      draft.log(
          new LogEntry(
              zxid,
              session.answered(zxid, request.seq(), draft.view().record()),
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
              draft.view(),
              operation,
              new WriteContext(draft.view().nextZxid(), timeMillis, sessionId, credentials));
      if (verdict instanceof Verdict.Missing missing) {
        draft.view().needs().paths().addAll(missing.paths());
        return null;
      }
      return (Verdict.Decided) verdict;
    }
  }
}
