package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program on one session after the other: when a connection ends, it attaches the session
 * again, at its process or another, and perhaps sets its watches again as ZooKeeper's client does.
 */
final class SimulatedClient {
  private static final Duration PING = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int RECONNECT_MILLIS = 3_000;

  /** What it was told on one connection. */
  record Connection(
      long sessionId, long firstView, long seenBefore, List<HistoryCheck.Told> told) {}

  final String name;
  final Program program;
  final List<Connection> connections = new ArrayList<>();
  private final Simulation world;
  private final boolean restoresWatches;
  private final HeldWatches watches = new HeldWatches();
  private SimulatedProcess process;
  private @Nullable OpenLine line;
  private @Nullable ClientSession session;
  private long programSession;
  private long seen;
  private boolean done;

  SimulatedClient(String name, Simulation world, SimulatedProcess process, Program program) {
    this.name = name;
    this.world = world;
    this.process = process;
    this.program = program;
    this.restoresWatches = world.random.nextBoolean();
  }

  /** Whether nothing more comes of it, or need come. */
  boolean isDone() {
    return done || program.isKeeper();
  }

  /** Whether it has asked its last request, and was answered. */
  boolean isFinished() {
    return done;
  }

  /** Whether a connection is there. */
  boolean isConnected() {
    return line != null && !line.ended;
  }

  /** Opens a session, or attaches the one that it has. */
  void connect() {
    if (process.machine.isDead()) {
      process = world.anotherProcess();
    }
    SimulatedProcess at = process;
    ClientSession old = session;
    int timeout = 4_000 + 1_000 * world.random.nextInt(16);
    if (old != null) {
      world.lives.attaching(old.id(), timeout);
    }
    Attempt attempt = new Attempt(at);
    attempt.mayGiveUp();
    long last = seen;
    at.machine.awake(
        () ->
            (old == null
                    ? at.runtime.open(timeout, List.of())
                    : at.runtime.attach(old.id(), old.password(), timeout, last, List.of()))
                .thenAccept(attempt::connected));
  }

  private final class Attempt {
    private final SimulatedProcess at;
    private boolean over;

    Attempt(SimulatedProcess at) {
      this.at = at;
    }

    /** Nobody tells of a process that died. */
    void mayGiveUp() {
      world.time.schedule(PATIENCE, this::giveUp);
    }

    private void giveUp() {
      if (over) {
        return;
      }
      if (at.machine.isDead()) {
        over = true;
        connect();
      } else {
        mayGiveUp();
      }
    }

    void connected(ConnectResult result) {
      if (over) {
        return;
      }
      over = true;
      if (result instanceof ConnectResult.Connected connected) {
        ClientSession opened = connected.session();
        world.timeline.add(
            name, "session " + Long.toHexString(opened.id()) + " at " + at.machine.name);
        begin(opened, at);
      } else if (result instanceof ConnectResult.Expired) {
        world.timeline.add(name, "session expired");
        session = null;
        connect();
      } else {
        world.timeline.add(name, result);
        world.time.schedule(
            Duration.ofMillis(100 + world.random.nextInt(1_000)), SimulatedClient.this::connect);
      }
    }
  }

  private void begin(ClientSession opened, SimulatedProcess at) {
    long before = session == null ? 0 : seen;
    session = opened;
    OpenLine begun =
        new OpenLine(
            opened, at, new Connection(opened.id(), opened.lastZxid(), before, new ArrayList<>()));
    line = begun;
    connections.add(begun.connection);
    world.lives.connected(opened.id(), opened.timeoutMillis());
    opened.listen(begun);
    boolean newSession = programSession != opened.id();
    programSession = opened.id();
    if (newSession || !restoresWatches) {
      watches.clear();
    } else if (!watches.isEmpty()) {
      ClientRequest.SetWatches request = watches.restoring(seen);
      begun.connection.told().add(new HistoryCheck.Restoring(request));
      begun.ask(request, reply -> {});
    }
    program.connected(begun, newSession);
    begun.ping();
  }

  /** Its process died: what it asked is not answered any more. */
  void processDied(SimulatedProcess dead) {
    if (line != null && process == dead && !done) {
      line.end();
    }
  }

  /** Does nothing more. */
  void stop() {
    done = true;
    if (line != null) {
      line.ended = true;
    }
  }

  /** Leaves a process that gives no sign of life. */
  void leave(SimulatedProcess still) {
    if (line != null && line.at == still && !still.machine.frozenFor().isZero()) {
      move(world.anotherProcess());
    }
  }

  /** Leaves its connection, with or without a word, and goes on at some process. */
  void move(SimulatedProcess to) {
    OpenLine left = line;
    if (left != null && !left.ended && !done) {
      world.timeline.add(name, "goes to " + to.machine.name);
      left.end();
      if (world.random.nextBoolean()) {
        left.at.machine.awake(left.session::disconnect);
      }
      process = to;
    }
  }

  private final class OpenLine implements Line, SessionListener {
    private final ClientSession session;
    private final SimulatedProcess at;
    private final Connection connection;
    private int open;
    private boolean asksNoMore;
    private boolean ended;

    OpenLine(ClientSession session, SimulatedProcess at, Connection connection) {
      this.session = session;
      this.at = at;
      this.connection = connection;
    }

    @Override
    public long sessionId() {
      return session.id();
    }

    @Override
    public void later(int millis, Runnable task) {
      world.time.schedule(
          Duration.ofMillis(millis),
          () -> {
            if (!ended) {
              task.run();
            }
          });
    }

    @Override
    public void finish() {
      asksNoMore = true;
      ask(new ClientRequest.Sync("/"), reply -> {});
      ask(new ClientRequest.Exists("/", false), reply -> {});
      if (world.random.nextBoolean()) {
        ask(new ClientRequest.Write(new Operation.CloseSession()), reply -> {});
      }
    }

    /** A client that lives is heard from, also when it asks nothing. */
    private void ping() {
      if (!ended) {
        at.machine.awake(session::touch);
        world.time.schedule(PING, this::ping);
      }
    }

    @Override
    public void ask(ClientRequest request, Consumer<Reply> then) {
      if (ended) {
        return;
      }
      open++;
      world.asked++;
      if (request instanceof ClientRequest.Write write
          && write.operation() instanceof Operation.CloseSession) {
        world.lives.closing(session.id());
      }
      long floor = world.realTime.asked();
      world.timeline.add(name, request);
      at.machine.awake(
          () ->
              session
                  .submit(request)
                  .whenComplete(
                      (reply, failure) -> {
                        open--;
                        if (reply != null && !ended) {
                          answered(request, reply, floor, then);
                        }
                      }));
      world.mishap(SimulatedClient.this, at);
    }

    private void answered(ClientRequest request, Reply reply, long floor, Consumer<Reply> then) {
      HistoryCheck.Answer answer = new HistoryCheck.Answer(request, reply);
      world.timeline.add(name, answer);
      connection.told().add(answer);
      world.realTime.answered(request, reply, floor);
      world.freshness.answered(request, reply, session.timeoutMillis());
      seen = Math.max(seen, reply.zxid());
      watches.answered(request, reply.code());
      then.accept(reply);
      if (open == 0 && asksNoMore && !ended) {
        ended = true;
        done = true;
        world.lives.disconnected(session.id());
      }
    }

    /** The connection is over. */
    void end() {
      if (!ended) {
        ended = true;
        world.lives.disconnected(session.id());
        program.disconnected();
        world.time.schedule(
            Duration.ofMillis(world.random.nextInt(RECONNECT_MILLIS)),
            SimulatedClient.this::connect);
      }
    }

    @Override
    public void watchEvent(long zxid, EventType type, String path) {
      if (!ended) {
        HistoryCheck.Happened event =
            new HistoryCheck.Happened(new LogTruth.Event(zxid, type, path));
        world.timeline.add(name, event);
        connection.told().add(event);
        world.events++;
        watches.happened(event.event());
        program.event(type, path);
      }
    }

    @Override
    public void connectionEnded(String reason) {
      world.timeline.add(name, "connection ended: " + reason);
      end();
    }
  }
}
