package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * A queue of sequential nodes. No element is taken twice, and none that was put is lost: it was
 * taken, or is there still, or whoever deleted it never learned that it did.
 */
final class QueueProgram implements Program {
  private static final String ROOT = "/queue";

  /** What became of each element, as its putters and takers know. */
  static final class Account {
    private final Set<String> put = new HashSet<>();
    private final Set<String> tried = new HashSet<>();
    private final Map<String, String> taken = new HashMap<>();
    private final Set<String> perhapsTaken = new HashSet<>();

    void tries(String element) {
      tried.add(element);
    }

    void put(String element) {
      put.add(element);
    }

    void taken(String element, String by) {
      String other = taken.putIfAbsent(element, by);
      if (other != null) {
        throw new AssertionError(element + " was taken by " + by + " and by " + other);
      }
      if (!tried.contains(element)) {
        throw new AssertionError(element + " was taken, and never put");
      }
    }

    void perhapsTaken(String element) {
      perhapsTaken.add(element);
    }

    /** Looks at what is left in the end. */
    void check(List<String> left) {
      Set<String> there = new HashSet<>();
      for (String element : left) {
        if (!there.add(element) || taken.containsKey(element) || !tried.contains(element)) {
          throw new AssertionError(element + " is left, taken were " + taken + ", left " + left);
        }
      }
      for (String element : put) {
        if (!there.contains(element)
            && !taken.containsKey(element)
            && !perhapsTaken.contains(element)) {
          throw new AssertionError(element + " was put, and is lost");
        }
      }
    }
  }

  private final String name;
  private final Account account;
  private final Random random;
  private int rounds;
  private int elements;
  private String taking = "";

  QueueProgram(String name, Account account, Random random, int rounds) {
    this.name = name;
    this.account = account;
    this.random = random;
    this.rounds = rounds;
  }

  @Override
  public void connected(Line line, boolean newSession) {
    line.ask(Ask.create(ROOT, "", CreateMode.PERSISTENT), reply -> next(line));
  }

  @Override
  public void disconnected() {
    if (!taking.isEmpty()) {
      account.perhapsTaken(taking);
      taking = "";
    }
  }

  private void next(Line line) {
    if (rounds == 0) {
      line.finish();
      return;
    }
    rounds--;
    if (random.nextBoolean()) {
      put(line);
    } else {
      line.ask(Ask.children(ROOT, false), reply -> take(line, Ask.names(reply)));
    }
  }

  private void put(Line line) {
    String element = name + "#" + elements++;
    account.tries(element);
    line.ask(
        Ask.create(ROOT + "/e-", element, CreateMode.PERSISTENT_SEQUENTIAL),
        reply -> {
          if (reply.code() == Code.OK) {
            account.put(element);
          }
          next(line);
        });
  }

  private void take(Line line, List<String> names) {
    if (names.isEmpty()) {
      next(line);
      return;
    }
    String path = ROOT + "/" + names.get(0);
    line.ask(
        Ask.get(path, false),
        reply -> {
          if (reply.code() == Code.OK) {
            delete(line, path, reply);
          } else {
            next(line);
          }
        });
  }

  private void delete(Line line, String path, Reply read) {
    String element = Ask.data(read);
    taking = element;
    line.ask(
        Ask.delete(path),
        reply -> {
          taking = "";
          if (reply.code() == Code.OK) {
            account.taken(element, name);
          }
          next(line);
        });
  }

  @Override
  public void check(LogTruth truth) {
    account.check(
        truth.children(ROOT, truth.last()).stream()
            .map(node -> Ask.text(truth.at(ROOT + "/" + node, truth.last()).data()))
            .toList());
  }
}
