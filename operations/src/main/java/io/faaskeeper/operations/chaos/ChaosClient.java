package io.faaskeeper.operations.chaos;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.Operation;
import io.faaskeeper.simulation.RecordedHistory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks at random on one session after the other, and when its connection ends
 * attaches the session again, at any process. All clients of a run share one lock, which guards the
 * history and is held while something is asked or recorded: so the record is in order.
 */
final class ChaosClient {
  private static final int MAX_OPEN = 6;
  private static final int GIVE_UP_SECONDS = 60;

  private final Object lock;
  private final RecordedHistory history;
  private final Random random;
  private final Supplier<ClientRequest> requests;
  private final Supplier<ClientRuntime> processes;
  private final ScheduledExecutorService timers;
  private final Consumer<AssertionError> violations;

  /** Guarded by the lock, all. */
  private @Nullable ClientSession session;

  private @Nullable Line line;
  private long seen;
  private long answers;
  private boolean quiet;
  private boolean done;

  /**
   * A client that has not begun.
   *
   * @param processes gives one that lives
   * @param violations told of what is wrong at once
   */
  ChaosClient(
      Object lock,
      RecordedHistory history,
      long seed,
      Supplier<ClientRuntime> processes,
      ScheduledExecutorService timers,
      Consumer<AssertionError> violations) {
    this.lock = lock;
    this.history = history;
    this.random = new Random(seed);
    this.requests = RecordedHistory.requests(random);
    this.processes = processes;
    this.timers = timers;
    this.violations = violations;
  }

  /** How many answers it got. */
  long answers() {
    synchronized (lock) {
      return answers;
    }
  }

  /** It asks nothing more but to be closed. */
  void quiet() {
    synchronized (lock) {
      quiet = true;
    }
  }

  boolean isDone() {
    synchronized (lock) {
      return done;
    }
  }

  /** Opens a session, or attaches the one that it has. */
  void connect() {
    synchronized (lock) {
      ClientRuntime at = processes.get();
      ClientSession old = session;
      int timeout = 4_000 + 1_000 * random.nextInt(16);
      Attempt attempt = new Attempt(at);
      later(GIVE_UP_SECONDS * 1_000, attempt::giveUp);
      var unused =
          (old == null
                  ? at.open(timeout, List.of())
                  : at.attach(old.id(), old.password(), timeout, seen, List.of()))
              .whenComplete((result, failure) -> attempt.over(result));
    }
  }

  private final class Attempt {
    private final ClientRuntime at;
    private boolean over;

    Attempt(ClientRuntime at) {
      this.at = at;
    }

    /** Nobody tells of a process that died. */
    void giveUp() {
      over(null);
    }

    void over(@Nullable ConnectResult result) {
      synchronized (lock) {
        if (over) {
          return;
        }
        over = true;
        if (result instanceof ConnectResult.Connected connected) {
          begin(connected.session(), at);
        } else {
          if (result instanceof ConnectResult.Expired) {
            session = null;
          }
          later(100 + random.nextInt(1_000), ChaosClient.this::connect);
        }
      }
    }
  }

  private void begin(ClientSession opened, ClientRuntime at) {
    long before = session == null ? 0 : seen;
    session = opened;
    seen = Math.max(before, opened.lastZxid());
    Line begun = new Line(opened, at, history.connected(opened.id(), opened.lastZxid(), before));
    line = begun;
    opened.listen(begun);
    begun.next();
    begun.ping();
  }

  /** A process died: what was asked of it is not answered any more. */
  void died(ClientRuntime process) {
    synchronized (lock) {
      if (line != null && line.at == process) {
        line.end();
      }
    }
  }

  private void later(int millis, Runnable task) {
    var unused = timers.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  private final class Line implements SessionListener {
    final ClientRuntime at;
    private final ClientSession session;
    private final RecordedHistory.Recorded recorded;
    private int open;
    private boolean closing;
    private boolean ended;

    Line(ClientSession session, ClientRuntime at, RecordedHistory.Recorded recorded) {
      this.session = session;
      this.at = at;
      this.recorded = recorded;
    }

    void next() {
      synchronized (lock) {
        if (ended) {
          return;
        }
        if (quiet) {
          if (!closing) {
            closing = true;
            ask(new ClientRequest.Sync("/"));
            ask(new ClientRequest.Exists("/", false));
            ask(new ClientRequest.Write(new Operation.CloseSession()));
          }
          return;
        }
        int burst = 1 + random.nextInt(3);
        for (int i = 0; i < burst && open < MAX_OPEN && !ended; i++) {
          ask(requests.get());
        }
        later(random.nextInt(random.nextInt(100) == 0 ? 3_000 : 120), this::next);
      }
    }

    /** A client that lives is heard from, also when it asks nothing. */
    private void ping() {
      synchronized (lock) {
        if (!ended) {
          boolean unused = session.touch();
          later(1_000, this::ping);
        }
      }
    }

    private void ask(ClientRequest request) {
      open++;
      long asked = history.asked();
      boolean[] attached = new boolean[1];
      var unused =
          session
              .submit(request)
              .whenComplete(
                  (reply, failure) -> {
                    synchronized (lock) {
                      open--;
                      if (reply != null && !ended) {
                        answered(request, reply, asked, !attached[0]);
                      }
                    }
                  });
      attached[0] = true;
    }

    private void answered(ClientRequest request, Reply reply, long asked, boolean late) {
      try {
        recorded.answer(request, reply, asked, late);
      } catch (AssertionError e) {
        violations.accept(e);
      }
      answers++;
      seen = Math.max(seen, reply.zxid());
      if (request instanceof ClientRequest.Write write
          && write.operation() instanceof Operation.CloseSession) {
        ended = true;
        done = true;
      }
    }

    void end() {
      if (!ended) {
        ended = true;
        later(random.nextInt(3_000), ChaosClient.this::connect);
      }
    }

    @Override
    public void watchEvent(long zxid, EventType type, String path) {
      synchronized (lock) {
        if (!ended) {
          recorded.event(zxid, type, path);
        }
      }
    }

    @Override
    public void connectionEnded(String reason) {
      synchronized (lock) {
        end();
      }
    }
  }
}
