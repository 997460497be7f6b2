package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A lock as ZooKeeper's recipes make it: an ephemeral sequential node each, whoever has the lowest
 * holds the lock, each other waits for the one before it. A holder believes that it holds the lock
 * until it releases it or loses its connection.
 */
final class LockProgram implements Program {
  private static final String ROOT = "/lock";
  private static final int SEQUENCE_DIGITS = 10;

  /** Who holds the lock: nobody or one. */
  static final class Holders {
    private String holder = "";

    void enter(String who) {
      if (!holder.isEmpty()) {
        throw new AssertionError(who + " holds the lock, and so does " + holder);
      }
      holder = who;
    }

    void leave() {
      holder = "";
    }
  }

  private final String name;
  private final Holders holders;
  private final Random random;
  private int rounds;
  private int attempt;
  private boolean holding;
  private @Nullable Line line;
  private String awaited = "";

  LockProgram(String name, Holders holders, Random random, int rounds) {
    this.name = name;
    this.holders = holders;
    this.random = random;
    this.rounds = rounds;
  }

  @Override
  public void connected(Line newLine, boolean newSession) {
    line = newLine;
    awaited = "";
    if (newSession) {
      attempt++;
    }
    newLine.ask(Ask.create(ROOT, "", CreateMode.PERSISTENT), reply -> look(newLine));
  }

  @Override
  public void disconnected() {
    if (holding) {
      holding = false;
      holders.leave();
    }
  }

  private void look(Line on) {
    if (rounds == 0) {
      on.finish();
      return;
    }
    on.ask(Ask.children(ROOT, false), reply -> look(on, reply));
  }

  private void look(Line on, Reply reply) {
    List<String> queue =
        Ask.names(reply).stream().sorted(Comparator.comparing(LockProgram::sequence)).toList();
    String own = name + "-" + attempt + "-";
    int place = queue.stream().map(node -> node.startsWith(own)).toList().indexOf(true);
    if (place < 0) {
      on.ask(
          Ask.create(ROOT + "/" + own, "", CreateMode.EPHEMERAL_SEQUENTIAL), created -> look(on));
    } else if (place == 0) {
      hold(on, ROOT + "/" + queue.get(0));
    } else {
      awaited = ROOT + "/" + queue.get(place - 1);
      on.ask(
          Ask.exists(awaited),
          found -> {
            if (found.code() == Code.NONODE) {
              look(on);
            }
          });
    }
  }

  private static String sequence(String node) {
    return node.substring(node.length() - SEQUENCE_DIGITS);
  }

  private void hold(Line on, String node) {
    holders.enter(name);
    holding = true;
    on.later(
        random.nextInt(100),
        () -> {
          holding = false;
          holders.leave();
          on.ask(
              Ask.delete(node),
              reply -> {
                rounds--;
                attempt++;
                look(on);
              });
        });
  }

  @Override
  public void event(EventType type, String path) {
    if (type == EventType.NodeDeleted && path.equals(awaited) && line != null) {
      awaited = "";
      look(line);
    }
  }
}
