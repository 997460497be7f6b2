package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * ZooKeeper's double barrier, round after round: nobody goes in before all are there, and nobody
 * out before all want to.
 */
final class BarrierProgram implements Program {
  private static final String ROOT = "/barrier";
  private static final String READY = "ready";

  /** Who is at which gate. */
  static final class Gates {
    private final int members;
    private final Map<String, Set<String>> arrived = new HashMap<>();

    Gates(int members) {
      this.members = members;
    }

    void arrive(String gate, String who) {
      arrived.computeIfAbsent(gate, g -> new HashSet<>()).add(who);
    }

    void pass(String gate, String who) {
      Set<String> there = arrived.getOrDefault(gate, Set.of());
      if (there.size() < members) {
        throw new AssertionError(who + " passes " + gate + ", and there are only " + there);
      }
    }
  }

  private final String name;
  private final Gates gates;
  private final int rounds;

  /** Twice the round, and one more if it is about to leave. */
  private int phase;

  private @Nullable Line line;

  BarrierProgram(String name, Gates gates, int rounds) {
    this.name = name;
    this.gates = gates;
    this.rounds = rounds;
  }

  private String path() {
    return ROOT + "/r" + phase / 2;
  }

  private boolean isLeaving() {
    return phase % 2 == 1;
  }

  private String gate() {
    return (isLeaving() ? "the end of round " : "round ") + phase / 2;
  }

  private void pass(Line on) {
    gates.pass(gate(), name);
    phase++;
    go(on);
  }

  @Override
  public void connected(Line newLine, boolean newSession) {
    line = newLine;
    newLine.ask(Ask.create(ROOT, "", CreateMode.PERSISTENT), reply -> go(newLine));
  }

  private void go(Line on) {
    if (phase == 2 * rounds) {
      on.finish();
      return;
    }
    gates.arrive(gate(), name);
    String own = path() + "/" + name;
    int asked = phase;
    if (isLeaving()) {
      on.ask(Ask.delete(own), gone -> look(on, asked));
    } else {
      on.ask(Ask.create(path(), "", CreateMode.PERSISTENT), reply -> {});
      on.ask(Ask.create(own, "", CreateMode.PERSISTENT), there -> look(on, asked));
    }
  }

  /** Looks whether all are there, unless that was seen since. */
  private void look(Line on, int asked) {
    if (asked == phase) {
      on.ask(
          Ask.children(path(), true),
          reply -> {
            if (asked == phase) {
              look(on, reply);
            }
          });
    }
  }

  private void look(Line on, Reply reply) {
    List<String> names = Ask.names(reply);
    if (isLeaving()) {
      if (names.stream().allMatch(READY::equals)) {
        pass(on);
      }
    } else if (names.contains(READY)) {
      pass(on);
    } else if (names.size() == gates.members) {
      // The event of it makes all look again.
      on.ask(Ask.create(path() + "/" + READY, "", CreateMode.PERSISTENT), made -> {});
    }
  }

  @Override
  public void event(EventType type, String path) {
    if (type == EventType.NodeChildrenChanged && path.equals(path()) && line != null) {
      look(line, phase);
    }
  }
}
