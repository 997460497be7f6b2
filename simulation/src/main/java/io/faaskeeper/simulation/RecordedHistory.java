package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the simulator for histories of a deployment that is not simulated: what its clients
 * were told is recorded, and compared with its log when all is quiet. Not thread-safe.
 */
public final class RecordedHistory {
  private final RealTime realTime = new RealTime();
  private final List<Recorded> connections = new ArrayList<>();

  /** Requests at random, to so few nodes that they meet. */
  public static Supplier<ClientRequest> requests(Random random) {
    return new Requests(random, false)::next;
  }

  /** One connection of a client; told in order. */
  public final class Recorded {
    private final SimulatedClient.Connection connection;

    private Recorded(SimulatedClient.Connection connection) {
      this.connection = connection;
    }

    /** What an event of the session says. */
    public void event(long zxid, EventType type, String path) {
      connection.told().add(new HistoryCheck.Happened(new LogTruth.Event(zxid, type, path)));
    }

    /**
     * An answer; it is a violation, and so an AssertionError, if it came out of real time.
     *
     * @param whenAsked what {@link #asked} said
     * @param late whether events that came after it may have been told before
     */
    public void answer(ClientRequest request, Reply reply, long whenAsked, boolean late) {
      List<HistoryCheck.Told> told = connection.told();
      int place = told.size();
      while (late
          && place > 0
          && told.get(place - 1) instanceof HistoryCheck.Happened happened
          && happened.event().zxid() > reply.zxid()) {
        place--;
      }
      told.add(place, new HistoryCheck.Answer(request, reply));
      realTime.answered(request, reply, whenAsked);
    }

    /** The last of what was told, a line each. */
    public List<String> last(int lines) {
      List<HistoryCheck.Told> told = connection.told();
      return told.subList(Math.max(0, told.size() - lines), told.size()).stream()
          .map(Describe::text)
          .toList();
    }
  }

  /** To be kept with each request until it is answered. */
  public long asked() {
    return realTime.asked();
  }

  /**
   * A connection begins.
   *
   * @param firstView of the session on it
   * @param seenBefore the last zxid that its client was told of by this session before, or 0
   */
  public Recorded connected(long sessionId, long firstView, long seenBefore) {
    Recorded recorded =
        new Recorded(
            new SimulatedClient.Connection(sessionId, firstView, seenBefore, new ArrayList<>()));
    connections.add(recorded);
    return recorded;
  }

  /** A log as truth; all of it must still be in its ring. */
  public static final class Truth {
    private final LogTruth truth;

    public Truth(TransactionLog log) {
      truth = LogTruth.of(log);
    }

    /** The number of its last record. */
    public long records() {
      return truth.lastRecord();
    }

    /** Whether a session's write with this zxid is in the log, and left the node with this data. */
    public boolean holds(long zxid, String path, byte @Nullable [] data) {
      LogTruth.State state = truth.at(path, zxid);
      LogEntry entry = truth.entry(zxid);
      SessionState session = entry == null ? null : entry.session();
      return session != null && state.alive() && Arrays.equals(state.data(), data);
    }
  }

  /** Checks every connection; the first violation is an AssertionError that names its session. */
  public void check(Truth truth) {
    ConnectionCheck check = new ConnectionCheck(truth.truth);
    for (Recorded recorded : connections) {
      try {
        check.check(recorded.connection);
      } catch (AssertionError e) {
        throw new AssertionError(
            "session 0x%x: %s".formatted(recorded.connection.sessionId(), e.getMessage()), e);
      }
    }
  }

  /** Checks the sessions in the log, and what is stored: when every session has ended. */
  public static void checkEnd(Truth truth, ServicePorts storage) {
    new SessionCheck().check(truth.truth.entries());
    new EndCheck(storage, truth.truth).check();
  }
}
