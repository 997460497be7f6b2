package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jute.InputArchive;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.jspecify.annotations.Nullable;

/** Requests about watches alone. */
final class WatchRequests {
  /** Data, exist and child watches: the first three, whose nodes are looked up. */
  private static final int KINDS_LOOKED_UP = 3;

  private WatchRequests() {}

  /** ZooKeeper answers with an error record that holds none. */
  static Exchange addWatch(InputArchive body) throws IOException {
    AddWatchRequest r = new AddWatchRequest();
    r.deserialize(body, "request");
    AddWatchMode mode =
        Stream.of(AddWatchMode.values())
            .filter(m -> m.getMode() == r.getMode())
            .findAny()
            .orElseThrow(() -> new IOException("no watch mode: " + r.getMode()));
    return new Exchange(
        new ClientRequest.AddWatch(watched(r.getPath()), mode), reply -> new ErrorResponse(0));
  }

  static Exchange removeWatches(InputArchive body) throws IOException {
    RemoveWatchesRequest r = new RemoveWatchesRequest();
    r.deserialize(body, "request");
    return remove(r.getPath(), r.getType(), false);
  }

  static Exchange checkWatches(InputArchive body) throws IOException {
    CheckWatchesRequest r = new CheckWatchesRequest();
    r.deserialize(body, "request");
    return remove(r.getPath(), r.getType(), true);
  }

  private static Exchange remove(@Nullable String path, int type, boolean checkOnly) {
    return new Exchange(
        new ClientRequest.RemoveWatches(watched(path), WatcherType.fromInt(type), checkOnly),
        Answer.HEADER);
  }

  /** ZooKeeper also keeps watches on no path at all, which see nothing. */
  private static String watched(@Nullable String path) {
    return path == null ? "\0" : path;
  }

  static Exchange setWatches(InputArchive body) throws IOException {
    SetWatches r = new SetWatches();
    r.deserialize(body, "request");
    return armed(
        r.getRelativeZxid(),
        r.getDataWatches(),
        r.getExistWatches(),
        r.getChildWatches(),
        List.of(),
        List.of());
  }

  static Exchange setWatches2(InputArchive body) throws IOException {
    SetWatches2 r = new SetWatches2();
    r.deserialize(body, "request");
    return armed(
        r.getRelativeZxid(),
        r.getDataWatches(),
        r.getExistWatches(),
        r.getChildWatches(),
        r.getPersistentWatches(),
        r.getPersistentRecursiveWatches());
  }

  /**
   * Where something is missing a server stumbles: what comes before it has its effect, and the
   * answer is an error.
   */
  @SafeVarargs
  private static Exchange armed(long relativeZxid, @Nullable List<@Nullable String>... kinds) {
    List<List<String>> present = new ArrayList<>();
    boolean whole = true;
    for (List<@Nullable String> paths : kinds) {
      List<String> taken = new ArrayList<>();
      present.add(taken);
      whole &= paths != null;
      Iterator<@Nullable String> rest = whole ? paths.iterator() : Collections.emptyIterator();
      while (whole && rest.hasNext()) {
        String path = rest.next();
        whole = path != null || present.size() > KINDS_LOOKED_UP;
        if (whole) {
          taken.add(watched(path));
        }
      }
    }
    return new Exchange(
        new ClientRequest.SetWatches(
            relativeZxid,
            present.get(0),
            present.get(1),
            present.get(2),
            present.get(3),
            present.get(4)),
        whole ? Answer.HEADER : new Answers.OfStumble());
  }
}
