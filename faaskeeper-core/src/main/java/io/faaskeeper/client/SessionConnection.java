package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a session. The public methods are thread-safe; all else is for tasks of the run
 * queue.
 *
 * <p>Its view is a zxid: everything up to it is in user storage, all events of the session up to it
 * were handed over, and none after it. {@link #pump} does, as long as anything can be done, the
 * first of these:
 *
 * <ol>
 *   <li>tell the first request its answer, if it has one that the view has reached;
 *   <li>if reads run: when the first of them needs a later view, advance to just there, and have
 *       those behind it done again; else start more of them, unless the view could move, which
 *       waits for those that run;
 *   <li>advance the view as far as everything is known, but not past the answer of the first write;
 *   <li>start what may run.
 * </ol>
 */
final class SessionConnection implements ClientSession {
  private static final Logger LOG = LoggerFactory.getLogger(SessionConnection.class);
  private static final int QUEUED_MAX = 1_000_000;

  /** What it works with. */
  record Wiring(
      RunQueue queue,
      SessionHost host,
      Sender sender,
      Syncs syncs,
      MailboxReader mailbox,
      Subscriptions subscriptions,
      ReadOps operations,
      @Nullable String superDigest) {}

  private final Wiring wiring;
  private final HeldSession held;
  private final ConnectionIdentity identity;
  private final SessionQueue requests = new SessionQueue();
  private final SessionWatches watches;
  private volatile long view;
  private volatile @Nullable String ended;
  private long nextSeq = 1;
  private boolean pumping;

  SessionConnection(Wiring wiring, HeldSession held, List<Credential> identity, long view) {
    this.wiring = wiring;
    this.held = held;
    this.identity = new ConnectionIdentity(identity, wiring.superDigest);
    this.watches = new SessionWatches(wiring.mailbox, wiring.subscriptions, this.identity);
    this.view = view;
  }

  @Override
  public long id() {
    return held.id;
  }

  @Override
  public byte[] password() {
    return held.password;
  }

  @Override
  public int timeoutMillis() {
    return held.timeoutMillis;
  }

  @Override
  public long lastZxid() {
    return view;
  }

  @Override
  public void listen(SessionListener newListener) {
    wiring.queue.execute(
        () -> {
          watches.listen(newListener);
          if (ended != null) {
            newListener.connectionEnded(ended);
          }
        });
  }

  @Override
  public CompletionStage<Reply> submit(ClientRequest request) {
    if (request instanceof ClientRequest.Write write && opens(write.operation())) {
      throw new IllegalArgumentException("not in an open session: " + write.operation());
    }
    touch();
    Turn turn = new Turn(request);
    wiring.queue.execute(() -> enqueue(turn));
    return turn.reply;
  }

  private static boolean opens(Operation operation) {
    return operation instanceof Operation.CreateSession
        || operation instanceof Operation.AttachSession;
  }

  @Override
  public boolean touch() {
    held.heard(wiring.queue.nanoTime());
    return ended == null && wiring.host.isValid();
  }

  @Override
  public void disconnect() {
    wiring.queue.execute(() -> end("disconnected", false));
  }

  /** Ends the connection, and says so. */
  void end(String reason) {
    end(reason, true);
  }

  private void end(String reason, boolean tell) {
    if (ended != null) {
      return;
    }
    ended = reason;
    LOG.debug("connection of session {} ended: {}", Long.toHexString(held.id), reason);
    List<Turn> left = requests.clear();
    for (Turn turn : left) {
      if (turn.operation != null) {
        turn.operation.cancel();
      }
      if (turn.outgoing != null) {
        wiring.sender.answered(turn.outgoing);
      }
      watches.end(turn);
    }
    wiring.host.ended(this);
    for (Turn turn : left) {
      turn.reply.completeExceptionally(new ConnectionEndedException(reason));
    }
    SessionListener listener = watches.listener();
    if (tell && listener != null) {
      listener.connectionEnded(reason);
    }
  }

  HeldSession held() {
    return held;
  }

  SessionWatches watches() {
    return watches;
  }

  long view() {
    return view;
  }

  private void enqueue(Turn turn) {
    String reason = ended;
    if (reason == null && requests.size() >= QUEUED_MAX) {
      reason = QUEUED_MAX + " requests are waiting";
      end(reason);
    }
    if (reason != null) {
      turn.reply.completeExceptionally(new ConnectionEndedException(reason));
      return;
    }
    requests.add(turn);
    pump();
  }

  /** Takes the answer to a write; {@link #pump} passes it on. */
  void answered(Push.Answer answer) {
    Turn turn = requests.write(answer.seq());
    if (ended != null || turn == null || turn.state == Turn.State.ANSWERED) {
      return;
    }
    if (answer.result() instanceof Result.Refused refused) {
      end("request refused: " + refused.reason());
      return;
    }
    turn.state = Turn.State.ANSWERED;
    turn.zxid = answer.zxid();
    turn.result = answer.result();
    if (turn.outgoing != null) {
      wiring.sender.answered(turn.outgoing);
    }
  }

  /** Does all that can be done. */
  void pump() {
    if (pumping) {
      return;
    }
    if (!wiring.host.isValid()) {
      wiring.host.lapse();
      return;
    }
    pumping = true;
    try {
      while (ended == null && progress()) {
        // Each step looks at everything anew.
      }
    } finally {
      pumping = false;
    }
  }

  private boolean progress() {
    Turn head = requests.head();
    if (head != null && head.state == Turn.State.ANSWERED && head.zxid <= view) {
      tell(head);
      return true;
    }
    if (head != null && head.state == Turn.State.BEHIND) {
      return advanceFor(head);
    }
    if (requests.viewHeld()) {
      return startMore();
    }
    return moveView(head) || startMore();
  }

  private void tell(Turn head) {
    requests.finished(head);
    if (head.kind.isWrite()) {
      tellWrite(head);
    } else {
      watches.arm(head);
      head.reply.complete(new Reply(view, head.code, head.body));
    }
  }

  private void tellWrite(Turn head) {
    Result result = Objects.requireNonNull(head.result);
    held.answeredSeq = head.seq;
    Code code = result.code();
    Reply.Body body = code == Code.OK ? new Reply.Written(result) : new Reply.None();
    if (head.kind == Turn.Kind.LAST_WRITE && code == Code.OK) {
      wiring.host.closed(held);
      head.reply.complete(new Reply(head.zxid, code, body));
      end("closed", false);
    } else {
      head.reply.complete(new Reply(head.zxid, code, body));
      if (code == Code.SESSIONEXPIRED || code == Code.SESSIONMOVED) {
        end("the session is gone: " + code);
      }
    }
  }

  private boolean advanceFor(Turn head) {
    requests.redoAllButHead();
    boolean watching = watches.any();
    if (wiring.host.horizon(watching) < head.behind) {
      wiring.host.await(this, head.behind, watching);
      return false;
    }
    advance(head.behind);
    if (ended == null) {
      head.state = Turn.State.RUNNING;
      Objects.requireNonNull(head.operation).advanced(view);
    }
    return true;
  }

  private boolean moveView(@Nullable Turn head) {
    boolean watching = watches.any();
    long horizon = wiring.host.horizon(watching);
    long stop = Long.MAX_VALUE;
    if (head != null && head.state == Turn.State.ANSWERED) {
      stop = head.zxid;
      if (horizon <= view) {
        wiring.host.await(this, stop, watching);
      }
    }
    if (horizon <= view) {
      return false;
    }
    advance(Math.min(horizon, stop));
    return true;
  }

  /** Hands over the events up to {@code to}, and moves the view there. */
  private void advance(long to) {
    watches.tell(view, to);
    view = to;
  }

  private boolean startMore() {
    Turn next = requests.startable();
    if (next == null) {
      return false;
    }
    if (requests.viewHeld() && wiring.host.horizon(watches.any()) > view) {
      return false;
    }
    requests.started(next);
    if (next.request instanceof ClientRequest.Write write) {
      send(next, write.operation());
    } else if (next.kind == Turn.Kind.SYNC) {
      sync(next);
    } else {
      start(next);
    }
    return true;
  }

  private void send(Turn turn, Operation operation) {
    turn.seq = nextSeq++;
    turn.outgoing =
        wiring.sender.send(
            new Request.OfSession(held.id, held.epoch, turn.seq, identity.credentials(), operation),
            () -> {
              end("a request was not answered");
              return false;
            });
  }

  private void sync(Turn turn) {
    wiring.syncs.send(
        zxid -> {
          turn.state = Turn.State.ANSWERED;
          turn.zxid = zxid;
          pump();
        },
        () -> end("a sync was not answered"));
  }

  private void start(Turn turn) {
    ReadOp operation = operation(turn);
    turn.operation = operation;
    operation.start(view, new OutcomeOf(turn));
  }

  private ReadOp operation(Turn turn) {
    ClientRequest request = turn.request;
    if (turn.kind == Turn.Kind.READ) {
      if (request instanceof ClientRequest.Read read) {
        watches.begin(turn, read);
      }
      return wiring.operations.read(request, held.id, identity.identities());
    }
    if (request instanceof ClientRequest.AddWatch add) {
      return arming(turn, WatchArming.of(add));
    }
    if (request instanceof ClientRequest.SetWatches set) {
      return arming(turn, set);
    }
    return wiring.operations.instant(request, watches, identity);
  }

  private ReadOp arming(Turn turn, ClientRequest.SetWatches request) {
    WatchArming operation = wiring.operations.arming(request, watches);
    watches.begin(turn, operation.paths(), operation.subtrees());
    return operation;
  }

  /** What becomes of a read. */
  private final class OutcomeOf implements ReadOp.Outcome {
    private final Turn turn;

    OutcomeOf(Turn turn) {
      this.turn = turn;
    }

    @Override
    public void answered(Code code, Reply.Body body) {
      turn.state = Turn.State.ANSWERED;
      turn.code = code;
      turn.body = body;
      pump();
    }

    @Override
    public void behind(long zxid) {
      turn.state = Turn.State.BEHIND;
      turn.behind = zxid;
      pump();
    }

    @Override
    public void failed(String reason) {
      end(reason);
    }
  }
}
