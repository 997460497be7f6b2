package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher.Event.EventType;

/**
 * Compares what a {@code setWatches} raised with the log: for each path there is a moment between
 * its beginning and its answer at which every watch on it was either due, and raised, or armed, and
 * then told of all that came after.
 */
final class SetWatchesCheck {
  private static final long RAISED = -1;

  private final LogTruth truth;
  private final ClientRequest.SetWatches request;
  private final long from;
  private final long upTo;

  /**
   * A check of one request.
   *
   * @param from the view before it, without any watch
   * @param upTo the view at its answer
   */
  SetWatchesCheck(LogTruth truth, ClientRequest.SetWatches request, long from, long upTo) {
    this.truth = truth;
    this.request = request;
    this.from = from;
    this.upTo = upTo;
  }

  /**
   * A violation is an AssertionError.
   *
   * @param gotten the events told until its answer
   * @param armed gets the watches that are armed after it
   */
  void check(List<LogTruth.Event> gotten, ReferenceWatches armed) {
    Set<String> paths = new TreeSet<>(request.dataWatches());
    paths.addAll(request.existWatches());
    paths.addAll(request.childWatches());
    paths.addAll(request.persistentWatches());
    int explained = 0;
    for (String path : paths) {
      List<LogTruth.Event> here = gotten.stream().filter(e -> e.path().equals(path)).toList();
      armed.addAll(explain(path, here));
      explained += here.size();
    }
    long last = 0;
    for (LogTruth.Event event : gotten) {
      if (event.zxid() != RAISED) {
        require(event.zxid() >= last, "events out of order " + gotten);
        last = event.zxid();
      }
    }
    require(explained == gotten.size(), "events of other nodes " + gotten);
  }

  private ReferenceWatches explain(String path, List<LogTruth.Event> gotten) {
    List<Long> moments = new ArrayList<>(List.of(from));
    moments.addAll(truth.changes(path, from, upTo));
    for (long moment : moments) {
      ReferenceWatches watches = new ReferenceWatches();
      List<LogTruth.Event> right = raise(path, moment, watches);
      for (LogTruth.Event event : truth.events(moment, upTo)) {
        if (event.path().equals(path) && watches.fires(event)) {
          right.add(event);
        }
      }
      if (right.equals(gotten)) {
        return watches;
      }
    }
    throw violation("events of " + path + " were " + gotten);
  }

  /** What is due at a moment; arms the others. */
  private List<LogTruth.Event> raise(String path, long moment, ReferenceWatches watches) {
    LogTruth.State node = truth.at(path, moment);
    List<LogTruth.Event> raised = new ArrayList<>();
    if (request.dataWatches().contains(path)) {
      if (!node.alive()) {
        raised.add(raised(EventType.NodeDeleted, path));
      } else if (node.stat().mzxid() > request.relativeZxid()) {
        raised.add(raised(EventType.NodeDataChanged, path));
      } else {
        watches.data(path);
      }
    }
    if (request.existWatches().contains(path)) {
      if (node.alive()) {
        raised.add(raised(EventType.NodeCreated, path));
      } else {
        watches.data(path);
      }
    }
    if (request.childWatches().contains(path)) {
      if (!node.alive()) {
        raised.add(raised(EventType.NodeDeleted, path));
      } else if (node.stat().pzxid() > request.relativeZxid()) {
        raised.add(raised(EventType.NodeChildrenChanged, path));
      } else {
        watches.child(path);
      }
    }
    if (request.persistentWatches().contains(path)) {
      watches.persistent(path, AddWatchMode.PERSISTENT);
    }
    return raised;
  }

  private static LogTruth.Event raised(EventType type, String path) {
    return new LogTruth.Event(RAISED, type, path);
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw violation(what);
    }
  }

  private AssertionError violation(String what) {
    return new AssertionError(
        "setWatches in (" + from + ", " + upTo + "]: " + what + ": " + request);
  }
}
