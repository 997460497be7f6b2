package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Leader election: who creates the one ephemeral node leads, under an epoch that it takes by a
 * version-checked write. No two leaders have one epoch.
 */
final class LeaderProgram implements Program {
  private static final String LEADER = "/leader";
  private static final String EPOCH = "/epoch";

  /** The epochs that were taken, and by whom. */
  static final class Epochs {
    private final Map<Integer, String> taken = new HashMap<>();

    void take(int epoch, String leader) {
      String other = taken.putIfAbsent(epoch, leader);
      if (other != null) {
        throw new AssertionError(leader + " leads in epoch " + epoch + ", which is of " + other);
      }
    }
  }

  private final String name;
  private final Epochs epochs;
  private final Random random;
  private int rounds;
  private @Nullable Line line;
  private boolean waiting;

  LeaderProgram(String name, Epochs epochs, Random random, int rounds) {
    this.name = name;
    this.epochs = epochs;
    this.random = random;
    this.rounds = rounds;
  }

  @Override
  public void connected(Line newLine, boolean newSession) {
    line = newLine;
    waiting = false;
    newLine.ask(Ask.create(EPOCH, "", CreateMode.PERSISTENT), reply -> contend(newLine));
  }

  private void contend(Line on) {
    if (rounds == 0) {
      on.finish();
      return;
    }
    on.ask(
        Ask.create(LEADER, name, CreateMode.EPHEMERAL),
        reply -> {
          if (reply.code() == Code.OK) {
            lead(on);
          } else {
            on.ask(Ask.get(LEADER, true), found -> follow(on, found));
          }
        });
  }

  private void follow(Line on, Reply found) {
    if (found.code() == Code.NONODE) {
      contend(on);
    } else if (((Reply.Data) found.body()).stat().ephemeralOwner() == on.sessionId()) {
      lead(on);
    } else {
      waiting = true;
    }
  }

  private void lead(Line on) {
    on.ask(
        Ask.get(EPOCH, false),
        read ->
            on.ask(
                Ask.set(EPOCH, name, Ask.version(read)),
                set -> {
                  if (set.code() == Code.OK) {
                    epochs.take(Ask.versionSet(set), name);
                    rounds--;
                  }
                  on.later(
                      random.nextInt(100),
                      () -> on.ask(Ask.delete(LEADER), resigned -> contend(on)));
                }));
  }

  @Override
  public void event(EventType type, String path) {
    if (waiting && type == EventType.NodeDeleted && path.equals(LEADER) && line != null) {
      waiting = false;
      contend(line);
    }
  }
}
