package io.faaskeeper.client;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process under one name: all of its parts, and the ways between them. When the name is fenced or
 * given up, it ends, and another takes its place. To be used in tasks of the run queue, but for
 * {@link #isValid}.
 */
final class ClientProcess implements SessionHost, ProcessLease.Holder, MailboxReader.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ClientProcess.class);

  /** A third of the life of what holds a subscription where there is no node. */
  private static final long SUBSCRIPTION_AGE_MAX_MILLIS = 8 * 3_600_000L;

  /** Events of the mailbox that are kept for the slowest session. */
  private static final int EVENTS_MAX = 100_000;

  /** Who makes another. */
  interface Owner {
    /** The process ended by itself. */
    void processEnded(ClientProcess process);
  }

  private final ProcessIdentity identity;
  private final Owner owner;
  private final RunQueue queue;
  private final Sender sender;
  private final Syncs syncs;
  private final Frontier frontier;
  private final Subscriptions subscriptions;
  private final MailboxReader mailbox;
  private final ProcessLease lease;
  private final PeerObserver peers;
  private final Connects connects;
  private final SessionMoves moves;
  private final SessionTable sessions;

  /** Connections to be pumped when the horizon moves. */
  private final Set<SessionConnection> waiting = new LinkedHashSet<>();

  private boolean ended;

  ClientProcess(
      ProcessIdentity identity,
      ClientPorts ports,
      ClientOptions options,
      RunQueue queue,
      RandomGenerator random,
      Owner owner) {
    String name = identity.name();
    String address = ports.channel().address(name);
    this.identity = identity;
    this.owner = owner;
    this.queue = queue;
    this.sender = new Sender(queue, ports.queue(), identity, address, options);
    this.syncs = new Syncs(sender, random);
    this.frontier =
        new Frontier(queue, ports.watermarks(), options, this::moved, this::helpTheWatermark);
    this.subscriptions = new Subscriptions(queue, ports.nodes(), ports.watermarks(), name);
    this.mailbox = new MailboxReader(queue, ports.mailbox(), name, frontier, subscriptions, this);
    this.lease =
        new ProcessLease(
            queue,
            ports.processes(),
            ports.watermarks(),
            ports.channel(),
            identity,
            options.maxTimeoutMillis(),
            this);
    this.peers =
        new PeerObserver(queue, ports.processes(), name, sender, options.maxTimeoutMillis());
    ReadOps operations =
        new ReadOps(
            queue, subscriptions, ports.children(), ports.owners(), frontier, sender::sendOnce);
    this.moves =
        new SessionMoves(
            new SessionConnection.Wiring(
                queue,
                this,
                sender,
                syncs,
                mailbox,
                subscriptions,
                operations,
                options.superDigest()),
            frontier,
            lease);
    this.sessions = moves.sessions();
    this.connects = new Connects(sender, random, moves, frontier::applied, this::connect);
  }

  ProcessIdentity identity() {
    return identity;
  }

  /** Opens or attaches a session. */
  void connect(Connects.Wanted wanted) {
    long token = connects.add(wanted);
    lease.require(wanted.timeoutMillis(), () -> connects.send(token));
  }

  /** Takes what arrived over the channel. */
  void push(Push push) {
    if (ended) {
      return;
    }
    Set<SessionConnection> concerned = new LinkedHashSet<>();
    frontier.proveApplied(push.upTo());
    for (Push.Answer answer : push.answers()) {
      if (answer.seq() != 0) {
        moves.answered(answer, concerned);
      }
    }
    if (!mailbox.push(push, sessions::lowestWatchingView) && sessions.anyWatching()) {
      mailbox.want(push.upTo());
    }
    for (Push.Answer answer : push.answers()) {
      if (answer.seq() == 0) {
        connects.answered(answer);
      }
    }
    for (Push.SyncAnswer answer : push.syncs()) {
      frontier.proveWatermark(answer.zxid());
      syncs.answered(answer);
    }
    concerned.forEach(SessionConnection::pump);
    moved();
  }

  private void helpTheWatermark() {
    syncs.send(
        zxid -> {
          frontier.proveWatermark(zxid);
          moved();
        },
        () -> LOG.warn("the watermark stands still, and no writer answers"));
  }

  /** The horizon may have moved. */
  private void moved() {
    mailbox.fetch();
    if (!waiting.isEmpty()) {
      List<SessionConnection> all = new ArrayList<>(waiting);
      waiting.clear();
      all.forEach(SessionConnection::pump);
    }
  }

  /** Ends all connections; nothing of this name goes on. */
  void end(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    lease.stop();
    peers.stop();
    frontier.stop();
    mailbox.stop();
    sender.stop();
    List<SessionConnection> connections = sessions.connections();
    sessions.stop();
    connections.forEach(connection -> connection.end(reason));
  }

  /**
   * Ends in order: asks the service to fence the name.
   *
   * @return completes when that was sent, or could not be
   */
  CompletionStage<Void> giveUp(String reason) {
    if (!ended && lease.counter() >= 0) {
      sender.sendOnce(new Request.Suspicion(identity.name(), lease.counter(), 0));
    }
    end(reason);
    return sender.stop();
  }

  /** Ends, connection by connection, since each of them may be what is broken. */
  void abandon(String reason) {
    for (SessionConnection connection : sessions.connections()) {
      queue.execute(() -> connection.end(reason));
    }
    queue.execute(() -> giveUp(reason));
  }

  /** The sessions it holds. */
  List<ProcessReport.HeldSession> report() {
    return sessions.all().stream().map(this::report).toList();
  }

  private ProcessReport.HeldSession report(HeldSession held) {
    SessionConnection connection = held.connection;
    return new ProcessReport.HeldSession(
        held.id,
        held.timeoutMillis,
        Math.floorDiv(held.dueNanos() - queue.nanoTime(), 1_000_000L),
        connection != null,
        connection == null ? List.of() : connection.watches().watches().dataPaths(),
        connection == null ? 0 : connection.watches().watches().childCount());
  }

  /** Takes out the sessions that were being opened or attached. */
  List<Connects.Wanted> wanted() {
    return connects.clear();
  }

  // SessionHost

  @Override
  public boolean isValid() {
    return lease.isValid();
  }

  @Override
  public void lapse() {
    lease.checkLapse();
  }

  @Override
  public long horizon(boolean watching) {
    return watching ? mailbox.known() : frontier.applied();
  }

  @Override
  public void await(SessionConnection connection, long zxid, boolean watching) {
    waiting.add(connection);
    if (watching) {
      mailbox.want(zxid);
    }
    frontier.awaitApplied(zxid);
  }

  @Override
  public void ended(SessionConnection connection) {
    waiting.remove(connection);
    HeldSession held = connection.held();
    if (held.connection == connection) {
      held.connection = null;
    }
  }

  @Override
  public void closed(HeldSession session) {
    sessions.remove(session);
  }

  // MailboxReader.Listener

  @Override
  public void nodeEvent(long zxid, MailboxEvent event) {
    subscriptions.event(event.path(), sessions::watched, sessions::watchedRecursively);
    if (mailbox.size() > EVENTS_MAX) {
      endSlowest();
    }
  }

  private void endSlowest() {
    long lowest = sessions.lowestWatchingView();
    for (SessionConnection connection : sessions.connections()) {
      if (connection.watches().anyOrArming() && connection.view() == lowest) {
        queue.execute(() -> connection.end("too many events wait for it"));
      }
    }
  }

  @Override
  public void sessionTaken(long zxid, long sessionId) {
    connects.taken(sessionId);
    moves.taken(zxid, sessionId);
  }

  @Override
  public void known() {
    queue.execute(
        () -> {
          for (SessionConnection connection : sessions.connections()) {
            if (connection.watches().anyOrArming()) {
              connection.pump();
            }
          }
          mailbox.forget(sessions.lowestWatchingView());
        });
  }

  // ProcessLease.Holder

  @Override
  public int shortestTimeoutMillis() {
    return Math.min(sessions.shortestTimeoutMillis(), connects.shortestTimeoutMillis());
  }

  @Override
  public void started(Watermark watermark) {
    frontier.proveWatermark(watermark.zxid());
    mailbox.start(watermark.zxid());
  }

  @Override
  public void catchUp(Watermark watermark, Runnable done) {
    frontier.proveWatermark(watermark.zxid());
    mailbox.whenComplete(watermark.zxid(), done);
  }

  @Override
  public void renewing() {
    peers.look();
  }

  @Override
  public void renewed() {
    sessions.connections().forEach(SessionConnection::pump);
    mailbox.forget(sessions.lowestWatchingView());
    subscriptions.renew(SUBSCRIPTION_AGE_MAX_MILLIS, sessions::watched);
    moved();
  }

  @Override
  public void lapsed() {
    sessions
        .connections()
        .forEach(connection -> connection.end("the lease was not renewed in time"));
  }

  @Override
  public void regained() {
    sessions.pardon();
  }

  @Override
  public void fenced() {
    end("the process was fenced");
    owner.processEnded(this);
  }

  @Override
  public void idle() {
    LOG.info("process {} has had no session for long, it gives up its lease", identity);
    giveUp("no session for long");
    owner.processEnded(this);
  }
}
