package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import java.io.IOException;
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

/** Requests about watches alone. */
final class WatchRequests {
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
        new ClientRequest.AddWatch(Jute.present(r.getPath()), mode), reply -> new ErrorResponse(0));
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

  private static Exchange remove(String path, int type, boolean checkOnly) throws IOException {
    return new Exchange(
        new ClientRequest.RemoveWatches(Jute.present(path), WatcherType.fromInt(type), checkOnly),
        Answer.HEADER);
  }

  static Exchange setWatches(InputArchive body) throws IOException {
    SetWatches r = new SetWatches();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.SetWatches(
            r.getRelativeZxid(),
            r.getDataWatches(),
            r.getExistWatches(),
            r.getChildWatches(),
            List.of(),
            List.of()),
        Answer.HEADER);
  }

  static Exchange setWatches2(InputArchive body) throws IOException {
    SetWatches2 r = new SetWatches2();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.SetWatches(
            r.getRelativeZxid(),
            r.getDataWatches(),
            r.getExistWatches(),
            r.getChildWatches(),
            r.getPersistentWatches(),
            r.getPersistentRecursiveWatches()),
        Answer.HEADER);
  }
}
