package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a session was told on one connection, in order, with what the log says: its view
 * goes forward and shows its own writes, each read is the state at its view (so never a part of a
 * multi), and the events told before a reply are those due, in order, each once.
 */
final class HistoryCheck {
  /** Something a session was told. */
  sealed interface Told {}

  record Answer(ClientRequest request, Reply reply) implements Told {}

  record Happened(LogTruth.Event event) implements Told {}

  /** Not told, but asked, and from then on raising events: what sets watches after a reconnect. */
  record Restoring(ClientRequest.SetWatches request) implements Told {}

  private final LogTruth truth;
  private final long sessionId;
  private final ReferenceWatches watches = new ReferenceWatches();
  private final List<LogTruth.Event> gotten = new ArrayList<>();
  private ClientRequest.@Nullable SetWatches restoring;
  private long view;
  private long ownWrite;

  /**
   * A check of one session.
   *
   * @param view the session's first
   */
  HistoryCheck(LogTruth truth, long sessionId, long view) {
    this.truth = truth;
    this.sessionId = sessionId;
    this.view = view;
  }

  /** Goes through it; a violation is an AssertionError. */
  void check(List<Told> told) {
    for (Told item : told) {
      if (item instanceof Happened happened) {
        gotten.add(happened.event());
      } else if (item instanceof Restoring asked) {
        restoring = asked.request();
      } else if (item instanceof Answer answer) {
        if (answer.request() instanceof ClientRequest.Write) {
          written(answer);
        } else {
          read(answer);
        }
      }
    }
    if (restoring != null) {
      // Not answered: some of its watches are armed, or raised, and some not yet.
      return;
    }
    List<LogTruth.Event> due = expected(watches.copy(), Long.MAX_VALUE);
    if (gotten.size() > due.size() || !gotten.equals(due.subList(0, gotten.size()))) {
      throw new AssertionError("told at last of " + gotten + ", where due was " + due);
    }
  }

  private void written(Answer answer) {
    long zxid = answer.reply().zxid();
    require(zxid > ownWrite, "own writes out of order", answer);
    ownWrite = zxid;
    for (LogTruth.Event event : expected(watches.copy(), zxid)) {
      require(gotten.contains(event), "reply before event " + event, answer);
    }
  }

  private void read(Answer answer) {
    long zxid = answer.reply().zxid();
    require(zxid >= view, "view went back from " + view, answer);
    require(zxid >= ownWrite, "own write " + ownWrite + " not seen", answer);
    if (answer.request() instanceof ClientRequest.SetWatches set) {
      new SetWatchesCheck(truth, set, view, zxid).check(gotten, watches);
      restoring = null;
      gotten.clear();
      view = zxid;
      return;
    }
    List<LogTruth.Event> expected = expected(watches, zxid);
    require(
        expected.equals(gotten),
        "events in (" + view + ", " + zxid + "] were " + gotten + ", not " + expected,
        answer);
    gotten.clear();
    view = zxid;
    checkState(answer);
    arm(answer);
  }

  private List<LogTruth.Event> expected(ReferenceWatches of, long upTo) {
    List<LogTruth.Event> expected = new ArrayList<>();
    for (LogTruth.Event event : truth.events(view, upTo)) {
      if (of.fires(event) && truth.isTold(event)) {
        expected.add(event);
      }
    }
    return expected;
  }

  private void arm(Answer answer) {
    ClientRequest request = answer.request();
    Code code = answer.reply().code();
    if (request instanceof ClientRequest.AddWatch add) {
      watches.persistent(add.path(), add.mode());
    } else if (request instanceof ClientRequest.RemoveWatches remove) {
      boolean there = watches.remove(remove.path(), remove.type(), remove.checkOnly());
      require(there == (code == Code.OK), "watches were there: " + there, answer);
    } else if (request instanceof ClientRequest.Exists read
        && read.watch()
        && code != Code.NOAUTH) {
      watches.data(read.path());
    } else if (code == Code.OK) {
      if (request instanceof ClientRequest.GetData read && read.watch()) {
        watches.data(read.path());
      } else if (request instanceof ClientRequest.GetChildren read && read.watch()) {
        watches.child(read.path());
      }
    }
  }

  private void checkState(Answer answer) {
    Reply reply = answer.reply();
    if (answer.request() instanceof ClientRequest.MultiRead multi) {
      List<Reply> parts = ((Reply.Reads) reply.body()).replies();
      for (int i = 0; i < parts.size(); i++) {
        checkState(new Answer(multi.reads().get(i), parts.get(i)));
      }
    } else if (answer.request() instanceof ClientRequest.GetEphemerals read) {
      checkEphemerals(answer, read.path(), ((Reply.Paths) reply.body()).paths());
    } else if (answer.request() instanceof ClientRequest.Read read) {
      LogTruth.State state = truth.at(read.path(), reply.zxid());
      Code right = code(read, state);
      require(reply.code() == right, "not the state at the view, which is " + right, answer);
      checkBody(answer, read.path(), state);
    }
  }

  private static Code code(ClientRequest.Read read, LogTruth.State state) {
    int perms = read instanceof ClientRequest.GetAcl ? Perms.READ | Perms.ADMIN : Perms.READ;
    return !state.alive() ? Code.NONODE : state.permits(perms) ? Code.OK : Code.NOAUTH;
  }

  /** Those of the view; one that somebody deleted after it may lack already. */
  private void checkEphemerals(Answer answer, String prefix, List<String> paths) {
    long zxid = answer.reply().zxid();
    List<String> right =
        truth.ephemerals(sessionId, zxid).stream().filter(p -> p.startsWith(prefix)).toList();
    require(right.containsAll(paths), "ephemerals other than " + right, answer);
    for (String path : right) {
      boolean changes = !truth.changes(path, zxid, truth.last()).isEmpty();
      require(paths.contains(path) || changes, "ephemerals other than " + right, answer);
    }
  }

  private void checkBody(Answer answer, String path, LogTruth.State state) {
    Reply.Body body = answer.reply().body();
    if (body instanceof Reply.Data data) {
      require(data.stat().equals(visible(state)), "other Stat than " + state, answer);
      require(Arrays.equals(data.data(), state.data()), "other data than " + state, answer);
    } else if (body instanceof Reply.StatBody stat) {
      require(stat.stat().equals(visible(state)), "other Stat than " + state, answer);
    } else if (body instanceof Reply.Children children) {
      require(children.stat().equals(visible(state)), "other Stat than " + state, answer);
      List<String> right = truth.children(path, answer.reply().zxid());
      List<String> names = children.names().stream().sorted().toList();
      require(names.equals(right), "children other than " + right, answer);
    } else if (body instanceof Reply.Count count) {
      int right = truth.descendants(path, answer.reply().zxid()).size();
      require(count.count() == right, "not " + right + " nodes", answer);
    } else if (body instanceof Reply.AclBody acl) {
      require(acl.acl().equals(state.acl()), "other ACL than " + state, answer);
      require(acl.stat().equals(visible(state)), "other Stat than " + state, answer);
    }
  }

  /** A client is told of no owner but a session. */
  private static NodeStat visible(LogTruth.State state) {
    return EphemeralOwner.visible(state.stat());
  }

  private static void require(boolean holds, String what, Answer answer) {
    if (!holds) {
      throw new AssertionError(what + ": " + Describe.text(answer));
    }
  }
}
