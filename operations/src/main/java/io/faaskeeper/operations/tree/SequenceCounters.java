package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Paths;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parents whose sequential children a restore leaves ahead of their counter: a parent
 * numbers new children by how many it was given, and in a restored tree these are only those that
 * the dump holds. Takes paths in the order of a dump. Used by one thread.
 */
final class SequenceCounters {
  private static final int DIGITS = 10;

  private final Deque<Counter> branch = new ArrayDeque<>();
  private long behind;
  private @Nullable String example;

  private static final class Counter {
    final String path;
    long children;
    long highest = -1;

    Counter(String path) {
      this.path = path;
    }
  }

  void add(String path) {
    String parent = Paths.parent(path);
    while (!branch.isEmpty() && !branch.peek().path.equals(parent)) {
      close(branch.pop());
    }
    Counter above = branch.peek();
    if (above != null) {
      above.children++;
      above.highest = Math.max(above.highest, sequence(Paths.name(path)));
    }
    branch.push(new Counter(path));
  }

  void end() {
    branch.forEach(this::close);
    branch.clear();
  }

  private void close(Counter counter) {
    if (counter.highest >= counter.children) {
      behind++;
      if (example == null) {
        example = counter.path;
      }
    }
  }

  /** The number at the end of a sequential node's name; -1 of any other. */
  private static long sequence(String name) {
    int begin = name.length() - DIGITS;
    if (begin < 0 || !name.substring(begin).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return Long.parseLong(name.substring(begin));
  }

  List<String> warnings() {
    return example == null
        ? List.of()
        : List.of(
            "sequential nodes: of "
                + behind
                + " parents, "
                + example
                + " the first, the children's numbers are ahead of the counter, which begins anew:"
                + " new ones get lower numbers, or NodeExists");
  }
}
