package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.SessionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Membership by ephemeral nodes: in the end there are just the members whose sessions live, and
 * among them whoever is connected.
 */
final class MemberProgram implements Program {
  private static final String ROOT = "/members";
  private static final int PAUSE_MILLIS = 500;

  private final String name;
  private final Random random;
  private int left;
  private String member = "";

  MemberProgram(String name, Random random, int rounds) {
    this.name = name;
    this.random = random;
    this.left = rounds;
  }

  @Override
  public void connected(Line line, boolean newSession) {
    if (newSession) {
      member = "";
    }
    line.ask(Ask.create(ROOT, "", CreateMode.PERSISTENT), reply -> {});
    String own = Long.toHexString(line.sessionId());
    line.ask(
        Ask.create(ROOT + "/" + own, name, CreateMode.EPHEMERAL),
        reply -> {
          if (reply.code() != Code.OK && reply.code() != Code.NODEEXISTS) {
            throw new AssertionError(name + " could not join: " + reply);
          }
          member = own;
          look(line);
        });
  }

  private void look(Line line) {
    if (left > 0) {
      left--;
      line.ask(new ClientRequest.Exists(ROOT, false), reply -> {});
      line.later(random.nextInt(PAUSE_MILLIS), () -> look(line));
    }
  }

  @Override
  public boolean isKeeper() {
    return true;
  }

  @Override
  public void check(LogTruth truth) {
    Map<String, Boolean> open = new HashMap<>();
    for (LogEntry entry : truth.entries()) {
      SessionState session = entry.session();
      if (session != null) {
        open.put(Long.toHexString(session.id()), session.status() == SessionState.Status.OPEN);
      }
    }
    List<String> members = truth.children(ROOT, truth.last());
    for (String one : members) {
      if (!open.getOrDefault(one, false)) {
        throw new AssertionError(one + " is a member, and its session is over");
      }
    }
    if (!members.contains(member)) {
      throw new AssertionError(name + " is connected, and no member: " + members);
    }
  }
}
