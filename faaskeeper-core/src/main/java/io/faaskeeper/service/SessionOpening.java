package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import io.faaskeeper.processor.EphemeralOwner;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** Decides who holds a session: its creation and its attach. Not thread-safe. */
final class SessionOpening {
  private final RecordDraft draft;
  private final ServiceOptions options;
  private final Set<String> fit;

  /**
   * @param fit which processes may be given a session
   */
  SessionOpening(RecordDraft draft, ServiceOptions options, Set<String> fit) {
    this.draft = draft;
    this.options = options;
    this.fit = fit;
  }

  /** Opens the session, if there is none of its id. */
  void create(
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
        draft.opened(process, session, password(session.id()));
      } else {
        draft.refuse(process, request, 0, "the session's id is in use");
      }
      return;
    }
    long id = request.sessionId();
    if (!EphemeralOwner.isSessionId(id)) {
      draft.refuse(process, request, 0, "no id for a session");
      return;
    }
    if (!fit.contains(process)) {
      draft.refuse(process, request, 0, "the process is fenced");
      return;
    }
    int timeout = options.negotiate(create.timeoutMillis());
    long zxid = draft.view().nextZxid();
    SessionState opened =
        new SessionState(
            id, zxid, Status.OPEN, timeout, process, 1, 0, zxid, 0, draft.view().record());
    draft.log(
        new LogEntry(
            zxid, opened, 0, 0, true, new Result.SessionOpened(1, timeout), List.of(), ""));
  }

  /** Gives the session to this process, whoever held it. */
  void attach(
      String process,
      Request.OfSession request,
      Operation.AttachSession attach,
      @Nullable SessionState session) {
    if (attach.lastZxidSeen() > draft.view().lastZxid()) {
      draft.refuse(process, request, attach.token(), "the client has seen the future");
      return;
    }
    byte[] password = password(request.sessionId());
    if (session == null
        || session.status() != Status.OPEN
        || !MessageDigest.isEqual(password, attach.password())) {
      draft.unlogged(process, request, attach.token(), new Result.Failed(Code.SESSIONEXPIRED));
      return;
    }
    if (session.token() == attach.token() && session.process().equals(process)) {
      draft.opened(process, session, password(session.id()));
      return;
    }
    if (attach.lastZxidSeen() < session.opened()) {
      draft.moved(process, session, attach.token());
      return;
    }
    if (!fit.contains(process)) {
      draft.refuse(process, request, attach.token(), "the process is fenced");
      return;
    }
    int timeout = options.negotiate(attach.timeoutMillis());
    int epoch = session.epoch() + 1;
    long zxid = draft.view().nextZxid();
    SessionState attached =
        new SessionState(
            session.id(),
            zxid,
            Status.OPEN,
            timeout,
            process,
            epoch,
            attach.token(),
            zxid,
            0,
            draft.view().record());
    String taken = session.process().equals(process) ? "" : session.process();
    draft.log(
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

  private byte[] password(long sessionId) {
    return Seal.password(options.deploymentSecret(), sessionId);
  }
}
