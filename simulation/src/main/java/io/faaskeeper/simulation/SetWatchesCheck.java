package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a {@code setWatches} raised with the log: for each path there is a moment between
 * its beginning and its answer at which every watch on it was either due, and raised, or armed, and
 * then told of all that came after. A recursive watch has one such moment for all that it covers.
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
    long last = 0;
    for (LogTruth.Event event : gotten) {
      if (event.zxid() != RAISED) {
        require(event.zxid() >= last, "events out of order " + gotten);
        last = event.zxid();
      }
    }
    List<String> recursive = request.persistentRecursiveWatches().stream().distinct().toList();
    if (!explain(gotten, recursive, new TreeMap<>(), armed)) {
      throw violation("events were " + gotten);
    }
  }

  /**
   * Whether there is a moment for each of the recursive watches, and then one for each path, that
   * explain what was gotten.
   *
   * @param begun recursive watches whose moment is chosen
   */
  private boolean explain(
      List<LogTruth.Event> gotten,
      List<String> recursive,
      Map<String, Long> begun,
      ReferenceWatches armed) {
    if (begun.size() < recursive.size()) {
      String next = recursive.get(begun.size());
      Set<Long> moments = new TreeSet<>(Set.of(from));
      truth.events(from, upTo).stream()
          .filter(event -> covers(next, event))
          .forEach(event -> moments.add(event.zxid()));
      for (long moment : moments) {
        Map<String, Long> more = new TreeMap<>(begun);
        more.put(next, moment);
        if (explain(gotten, recursive, more, armed)) {
          return true;
        }
      }
      return false;
    }
    ReferenceWatches all = new ReferenceWatches();
    for (String path : paths(gotten)) {
      ReferenceWatches watches = explain(path, gotten, begun);
      if (watches == null) {
        return false;
      }
      all.addAll(watches);
    }
    armed.addAll(all);
    recursive.forEach(path -> armed.persistent(path, AddWatchMode.PERSISTENT_RECURSIVE));
    return true;
  }

  /** Those with a watch, and those of which something was told or happened. */
  private Set<String> paths(List<LogTruth.Event> gotten) {
    Set<String> paths = new TreeSet<>(request.dataWatches());
    paths.addAll(request.existWatches());
    paths.addAll(request.childWatches());
    paths.addAll(request.persistentWatches());
    gotten.forEach(event -> paths.add(event.path()));
    truth.events(from, upTo).forEach(event -> paths.add(event.path()));
    return paths;
  }

  /** The watches of a path that are armed in the end; null if its events can't be explained. */
  private @Nullable ReferenceWatches explain(
      String path, List<LogTruth.Event> gotten, Map<String, Long> begun) {
    List<LogTruth.Event> here = gotten.stream().filter(e -> e.path().equals(path)).toList();
    List<LogTruth.Event> happened =
        truth.events(from, upTo).stream().filter(e -> e.path().equals(path)).toList();
    List<Long> moments = new ArrayList<>(List.of(from));
    moments.addAll(truth.changes(path, from, upTo));
    for (long moment : moments) {
      ReferenceWatches watches = new ReferenceWatches();
      List<LogTruth.Event> raised = raise(path, moment, watches);
      List<LogTruth.Event> right = new ArrayList<>();
      for (LogTruth.Event event : happened) {
        boolean fires = event.zxid() > moment && watches.fires(event);
        if (event.zxid() > moment) {
          right.addAll(raised);
          raised = List.of();
        }
        boolean recursive =
            begun.entrySet().stream()
                .anyMatch(e -> covers(e.getKey(), event) && event.zxid() > e.getValue());
        if ((fires || recursive) && truth.isTold(event)) {
          right.add(event);
        }
      }
      right.addAll(raised);
      if (right.equals(here)) {
        return watches;
      }
    }
    return null;
  }

  private static boolean covers(String above, LogTruth.Event event) {
    String path = event.path();
    return event.type() != EventType.NodeChildrenChanged
        && (above.equals("/") || path.equals(above) || path.startsWith(above + "/"));
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
