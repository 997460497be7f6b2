package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * A counter in one node that several increment by version-checked writes. The node says how often
 * each of them did; who lost its connection reads there whether its last increment happened. None
 * is lost, and none happens twice.
 */
final class CounterProgram implements Program {
  private static final String PATH = "/counter";

  private final String name;
  private int left;
  private int done;
  private boolean unknown;

  CounterProgram(String name, int increments) {
    this.name = name;
    this.left = increments;
  }

  @Override
  public void connected(Line line, boolean newSession) {
    line.ask(Ask.create(PATH, "", CreateMode.PERSISTENT), reply -> read(line));
  }

  private void read(Line line) {
    line.ask(Ask.get(PATH, false), reply -> go(line, reply));
  }

  private void go(Line line, Reply read) {
    settle(counts(Ask.data(read)));
    if (left == 0) {
      line.finish();
      return;
    }
    Map<String, Integer> more = counts(Ask.data(read));
    more.merge(name, 1, Integer::sum);
    unknown = true;
    line.ask(
        Ask.set(PATH, text(more), Ask.version(read)),
        reply -> {
          unknown = false;
          if (reply.code() == Code.OK) {
            done++;
            left--;
          }
          read(line);
        });
  }

  /** Compares what is stored with what is known to have happened. */
  private void settle(Map<String, Integer> stored) {
    int count = stored.getOrDefault(name, 0);
    if (unknown && count == done + 1) {
      done++;
      left--;
    }
    unknown = false;
    if (count != done) {
      throw new AssertionError(name + " incremented " + done + " times, stored are " + count);
    }
  }

  @Override
  public void check(LogTruth truth) {
    settle(counts(Ask.text(truth.at(PATH, truth.last()).data())));
  }

  static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new TreeMap<>();
    if (!text.isEmpty()) {
      Arrays.stream(text.split(",", -1))
          .map(part -> part.split("=", -1))
          .forEach(part -> counts.put(part[0], Integer.parseInt(part[1])));
    }
    return counts;
  }

  private static String text(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
