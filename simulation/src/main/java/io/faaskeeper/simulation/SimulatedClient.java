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
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A program that uses one session after the other: asks at random, and when its connection ends,
 * attaches the session again, at its process or another.
 */
final class SimulatedClient {
  private static final int MAX_OPEN = 6;
  private static final Duration PING = Duration.ofSeconds(1);

  /** What it was told on one connection. */
  record Connection(
      long sessionId, long firstView, long seenBefore, List<HistoryCheck.Told> told) {}

  final String name;
  final List<Connection> connections = new ArrayList<>();
  private final Simulation world;
  private SimulatedProcess process;
  private @Nullable Line line;
  private @Nullable ClientSession session;
  private long seen;
  private int left;
  private boolean done;

  SimulatedClient(String name, Simulation world, SimulatedProcess process, int requests) {
    this.name = name;
    this.world = world;
    this.process = process;
    this.left = requests;
  }

  boolean isDone() {
    return done;
  }

  /** Opens a session, or attaches the one that it has. */
  void connect() {
    if (process.machine.isDead()) {
      process = world.anotherProcess();
    }
    SimulatedProcess at = process;
    ClientSession old = session;
    int timeout = 4_000 + 1_000 * world.random.nextInt(16);
    var result =
        old == null
            ? at.runtime.open(timeout, List.of())
            : at.runtime.attach(old.id(), old.password(), timeout, seen, List.of());
    Attempt attempt = new Attempt(at);
    world.time.schedule(Duration.ofSeconds(40), attempt::giveUp);
    result.thenAccept(attempt::connected);
  }

  private final class Attempt {
    private final SimulatedProcess at;
    private boolean over;

    Attempt(SimulatedProcess at) {
      this.at = at;
    }

    /** Nobody tells of a process that died. */
    void giveUp() {
      if (!over && at.machine.isDead()) {
        over = true;
        connect();
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
        begin(opened);
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

  private void begin(ClientSession opened) {
    long before = session == null ? 0 : seen;
    session = opened;
    Line begun =
        new Line(opened, new Connection(opened.id(), opened.lastZxid(), before, new ArrayList<>()));
    line = begun;
    connections.add(begun.connection);
    opened.listen(begun);
    begun.next();
    begun.ping();
  }

  /** Its process died: what it asked is not answered any more. */
  void processDied(SimulatedProcess dead) {
    if (line != null && process == dead && !done) {
      line.end();
    }
  }

  private final class Line implements SessionListener {
    private final ClientSession session;
    private final Connection connection;
    private int open;
    private boolean asksNoMore;
    private boolean ended;

    Line(ClientSession session, Connection connection) {
      this.session = session;
      this.connection = connection;
    }

    void next() {
      int burst = 1 + world.random.nextInt(3);
      for (int i = 0; i < burst && left > 0 && open < MAX_OPEN && !ended; i++) {
        left--;
        ask(world.requests.next());
        world.mishap(process);
      }
      if (ended) {
        return;
      }
      if (left > 0) {
        int pause = world.random.nextInt(100) == 0 ? 2_000 : 12;
        world.time.schedule(
            Duration.ofMillis(world.random.nextInt(pause)),
            () -> {
              if (!ended) {
                next();
              }
            });
      } else {
        asksNoMore = true;
        ask(new ClientRequest.Sync("/"));
        ask(new ClientRequest.Exists("/", false));
        if (world.random.nextBoolean()) {
          ask(new ClientRequest.Write(new Operation.CloseSession()));
        }
      }
    }

    /** A client that lives is heard from, also when it asks nothing. */
    private void ping() {
      if (!ended) {
        session.touch();
        world.time.schedule(PING, this::ping);
      }
    }

    private void ask(ClientRequest request) {
      if (ended) {
        return;
      }
      open++;
      world.asked++;
      long floor = world.realTime.asked();
      world.timeline.add(name, request);
      session
          .submit(request)
          .whenComplete(
              (reply, failure) -> {
                open--;
                if (reply != null && !ended) {
                  answered(request, reply, floor);
                }
              });
    }

    private void answered(ClientRequest request, Reply reply, long floor) {
      HistoryCheck.Answer answer = new HistoryCheck.Answer(request, reply);
      world.timeline.add(name, answer);
      connection.told().add(answer);
      world.realTime.answered(request, reply, floor);
      seen = Math.max(seen, reply.zxid());
      if (open == 0 && asksNoMore) {
        ended = true;
        done = true;
      }
    }

    /** The connection is over. */
    void end() {
      if (!ended) {
        ended = true;
        world.time.schedule(
            Duration.ofMillis(world.random.nextInt(3_000)), SimulatedClient.this::connect);
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
      }
    }

    @Override
    public void connectionEnded(String reason) {
      world.timeline.add(name, "connection ended: " + reason);
      end();
    }
  }
}
