package io.faaskeeper.parity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A ZooKeeper server and FaaSKeeper, which are given the same and must answer the same. */
final class SideBySide implements AutoCloseable {
  private final Side theirs;
  private final Side ours;
  private final List<String> told = new ArrayList<>();

  /**
   * Both empty.
   *
   * @param folder an empty one, for the server
   */
  SideBySide(Path folder) throws IOException, InterruptedException {
    theirs = new Side(new Servers.Real(new RealServer(folder)));
    ours = new Side(new Servers.Ours());
  }

  /** All steps so far, and what came back. */
  List<String> told() {
    return told;
  }

  /** How many writes were answered. */
  int writes() {
    return theirs.writes();
  }

  /**
   * Steps of one client, which are under way together as far as they can be.
   *
   * @return what came back of each
   */
  List<List<Heard>> play(List<? extends Step> steps) throws IOException, InterruptedException {
    List<List<Heard>> all = new ArrayList<>();
    int begun = 0;
    for (int i = 0; i < steps.size(); i++) {
      while (begun < steps.size() && (begun == i || !isAlone(steps, begun))) {
        theirs.begin(steps.get(begun));
        ours.begin(steps.get(begun));
        begun++;
      }
      Step step = steps.get(i);
      told.add(step.toString());
      List<Heard> heard = theirs.end(step);
      String expected = text(heard);
      String actual = text(ours.end(step));
      if (!expected.equals(actual)) {
        throw new AssertionError(step + "\nZooKeeper:\n" + expected + "FaaSKeeper:\n" + actual);
      }
      told.add(expected.stripTrailing());
      all.add(heard);
    }
    return all;
  }

  /** Whether this step can't be under way together with the one before it. */
  private static boolean isAlone(List<? extends Step> steps, int place) {
    return !(steps.get(place) instanceof Step.Ask ask) || ask.call().alone();
  }

  private static String text(List<Heard> heard) {
    StringBuilder text = new StringBuilder();
    heard.forEach(each -> text.append("  ").append(each.text()).append('\n'));
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    theirs.close();
    ours.close();
  }
}
