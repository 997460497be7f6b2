package io.faaskeeper.client;

import io.faaskeeper.port.StoredNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;

/**
 * {@code setWatches} and {@code addWatch}. Every node is subscribed to and read. What the view has
 * seen is decided at once: a watch that is due raises its event, any other is armed. A node that is
 * ahead of the view is decided when the view has advanced to just where it was changed, in the
 * order of these changes; the watches armed until then get their events on the way. What is decided
 * at one view is decided in the order of the request.
 *
 * <p>A recursive watch is armed at a view that has passed what is known of the mailbox: what was
 * learned before it was put may lack its events.
 */
final class WatchArming extends ReadOp {
  private static final int IN_FLIGHT_MAX = 64;

  /** The session whose watches they are. */
  interface Session {
    WatchTable watches();

    /** Hands over an event of no change. */
    void raise(EventType type, String path);

    /** Everything up to this zxid is known of the process's mailbox. */
    long known();
  }

  private final ClientRequest.SetWatches request;
  private final Subscriptions nodes;
  private final Frontier frontier;
  private final Session session;

  /** What each path is asked for. */
  private final Map<String, List<Wish>> wishes = new LinkedHashMap<>();

  private int wished;

  private final Deque<String> unread = new ArrayDeque<>();
  private final Deque<String> unput = new ArrayDeque<>();
  private final List<Decision> decisions = new ArrayList<>();
  private int inFlight;
  private boolean starting;

  private enum Kind {
    DATA,
    EXISTS,
    CHILDREN,
    PERSISTENT
  }

  /** One watch, and its place in the request. */
  private record Wish(int place, Kind kind) {}

  /** What happens to one watch when the view is at {@code zxid} (or was, before this began). */
  private record Decision(long zxid, int place, Runnable action) {}

  WatchArming(
      RunQueue queue,
      ClientRequest.SetWatches request,
      Subscriptions nodes,
      Frontier frontier,
      Session session) {
    super(queue);
    this.request = request;
    this.nodes = nodes;
    this.frontier = frontier;
    this.session = session;
    request.dataWatches().forEach(path -> wish(path, Kind.DATA));
    request.existWatches().forEach(path -> wish(path, Kind.EXISTS));
    request.childWatches().forEach(path -> wish(path, Kind.CHILDREN));
    request.persistentWatches().forEach(path -> wish(path, Kind.PERSISTENT));
  }

  /** {@code addWatch}, which is a {@code setWatches} of one watch that raises nothing. */
  static ClientRequest.SetWatches of(ClientRequest.AddWatch request) {
    List<String> path = List.of(request.path());
    List<String> none = List.of();
    return switch (request.mode()) {
      case PERSISTENT -> new ClientRequest.SetWatches(0, none, none, none, path, none);
      case PERSISTENT_RECURSIVE -> new ClientRequest.SetWatches(0, none, none, none, none, path);
    };
  }

  private void wish(String path, Kind kind) {
    wishes.computeIfAbsent(path, p -> new ArrayList<>(1)).add(new Wish(wished++, kind));
  }

  /** The nodes that it may arm a watch on. */
  List<String> paths() {
    return wishes.keySet().stream().filter(ReadAnswers::canExist).map(ReadAnswers::stored).toList();
  }

  /** The subtrees that it may arm a watch on. */
  List<String> subtrees() {
    return request.persistentRecursiveWatches().stream()
        .distinct()
        .filter(ReadAnswers::canExist)
        .map(ReadAnswers::stored)
        .toList();
  }

  @Override
  void run(long view) {
    unread.addAll(wishes.keySet());
    unput.addAll(new LinkedHashSet<>(request.persistentRecursiveWatches()));
    startMore(view);
  }

  private void startMore(long view) {
    if (starting) {
      return;
    }
    starting = true;
    while (inFlight < IN_FLIGHT_MAX && !unread.isEmpty()) {
      inFlight++;
      read(unread.remove(), view);
    }
    while (inFlight < IN_FLIGHT_MAX && !unput.isEmpty()) {
      inFlight++;
      put(unput.remove(), view);
    }
    starting = false;
    if (inFlight == 0) {
      decisions.sort(Comparator.comparingLong(Decision::zxid).thenComparingInt(Decision::place));
      decide(view);
    }
  }

  private void read(String path, long view) {
    if (!ReadAnswers.canExist(path)) {
      read(path, StoredNode.ABSENT, view);
      return;
    }
    then(
        () -> nodes.readSubscribed(ReadAnswers.stored(path), false),
        node -> read(path, node, view));
  }

  private void read(String path, StoredNode node, long view) {
    long zxid = Math.max(view, node.touched());
    for (Wish wish : Objects.requireNonNull(wishes.get(path))) {
      decisions.add(new Decision(zxid, wish.place(), () -> decide(path, wish.kind(), node)));
    }
    ended(view);
  }

  private void put(String path, long view) {
    if (!ReadAnswers.canExist(path)) {
      put(path, view, view);
      return;
    }
    then(
        () -> nodes.recursive().subscribe(ReadAnswers.stored(path)),
        from -> {
          frontier.proveWatermark(from);
          put(path, Math.max(view, Math.max(from, session.known())), view);
        });
  }

  private void put(String path, long zxid, long view) {
    decisions.add(new Decision(zxid, wished, () -> session.watches().armRecursive(path)));
    ended(view);
  }

  private void ended(long view) {
    inFlight--;
    startMore(view);
  }

  @Override
  void advanced(long view) {
    decide(view);
  }

  private void decide(long view) {
    int done = 0;
    while (done < decisions.size() && decisions.get(done).zxid() <= view) {
      decisions.get(done).action().run();
      done++;
    }
    decisions.subList(0, done).clear();
    if (decisions.isEmpty()) {
      answer(Code.OK);
    } else {
      behind(decisions.get(0).zxid());
    }
  }

  private void decide(String path, Kind kind, StoredNode node) {
    switch (kind) {
      case DATA -> data(path, node);
      case EXISTS -> exists(path, node);
      case CHILDREN -> children(path, node);
      case PERSISTENT -> session.watches().armPersistent(path);
    }
  }

  private void data(String path, StoredNode node) {
    if (node.meta().isEmpty()) {
      session.raise(EventType.NodeDeleted, path);
    } else if (node.meta().get().stat().mzxid() > request.relativeZxid()) {
      session.raise(EventType.NodeDataChanged, path);
    } else {
      session.watches().armData(path);
    }
  }

  private void exists(String path, StoredNode node) {
    if (node.meta().isPresent()) {
      session.raise(EventType.NodeCreated, path);
    } else {
      session.watches().armData(path);
    }
  }

  private void children(String path, StoredNode node) {
    if (node.meta().isEmpty()) {
      session.raise(EventType.NodeDeleted, path);
    } else if (node.meta().get().stat().pzxid() > request.relativeZxid()) {
      session.raise(EventType.NodeChildrenChanged, path);
    } else {
      session.watches().armChild(path);
    }
  }
}
