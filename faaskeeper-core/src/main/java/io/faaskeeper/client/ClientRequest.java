package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import java.util.List;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher.WatcherType;

/**
 * What a ZooKeeper client can ask in an open session, without its wire form. Paths are absolute and
 * unvalidated. {@code watch} arms a one-shot watch, as in ZooKeeper.
 */
public sealed interface ClientRequest {
  /** Anything that is logged, but the beginning of a session. */
  record Write(Operation operation) implements ClientRequest {}

  /** Answered when the session's view has reached what was in the log before it. */
  record Sync(String path) implements ClientRequest {}

  /** Reads user storage. */
  sealed interface Read extends ClientRequest {
    String path();
  }

  record Exists(String path, boolean watch) implements Read {}

  record GetData(String path, boolean watch) implements Read {}

  record GetAcl(String path) implements Read {}

  /** Both forms of ZooKeeper's: the answer has the names and the Stat. */
  record GetChildren(String path, boolean watch) implements Read {}

  record GetAllChildrenNumber(String path) implements Read {}

  /** The session's own ephemerals whose paths begin with {@code path}. */
  record GetEphemerals(String path) implements Read {}

  /**
   * Several {@link GetData} and {@link GetChildren}, answered at one view. Their {@code watch} is
   * ignored.
   */
  record MultiRead(List<Read> reads) implements ClientRequest {
    public MultiRead {
      reads = List.copyOf(reads);
    }
  }

  /** A persistent or a recursive watch. */
  record AddWatch(String path, AddWatchMode mode) implements ClientRequest {}

  /**
   * Removes the session's watches of a type on a path; {@code NOWATCHER} if there is none.
   *
   * @param checkOnly ZooKeeper's checkWatches: only tells
   */
  record RemoveWatches(String path, WatcherType type, boolean checkOnly) implements ClientRequest {}

  /**
   * What a client sends after a reconnect: arms each watch, or raises its event at once if it is
   * due since {@code relativeZxid}.
   */
  record SetWatches(
      long relativeZxid,
      List<String> dataWatches,
      List<String> existWatches,
      List<String> childWatches,
      List<String> persistentWatches,
      List<String> persistentRecursiveWatches)
      implements ClientRequest {
    public SetWatches {
      dataWatches = List.copyOf(dataWatches);
      existWatches = List.copyOf(existWatches);
      childWatches = List.copyOf(childWatches);
      persistentWatches = List.copyOf(persistentWatches);
      persistentRecursiveWatches = List.copyOf(persistentRecursiveWatches);
    }
  }

  /** Adds to what the session's connection says of itself; {@code AUTHFAILED} if it can't be. */
  record AddAuth(Credential credential) implements ClientRequest {}

  /** The identities of the session's connection. */
  record WhoAmI() implements ClientRequest {}

  /**
   * Answered in its turn with the given code, doing nothing: what the protocol does not know or
   * can't read.
   *
   * @param code the code to answer with, as its number
   */
  record Reject(int code) implements ClientRequest {}

  /** Answered in its turn: a ping that must not overtake, nor be overtaken. */
  record Echo() implements ClientRequest {}
}
