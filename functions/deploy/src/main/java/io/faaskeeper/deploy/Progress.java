package io.faaskeeper.deploy;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Shows a stack's events as they come, until what is under way has ended. */
final class Progress {
  /** How often to look for a sign that something is under way, before there is one. */
  private static final int MAX_LOOKS_BEFORE = 15;

  private final Cloud cloud;
  private final PrintStream out;
  private final Set<String> shown = new HashSet<>();
  private String failure = "";

  Progress(Cloud cloud, PrintStream out) {
    this.cloud = cloud;
    this.out = out;
  }

  /** What happened until now is not shown. */
  void skip(String nameOrId) {
    cloud.stacks().events(nameOrId).forEach(event -> shown.add(event.id()));
  }

  /**
   * Waits.
   *
   * @param id of the stack, which is found under it when it is gone, too
   * @return the stack after it
   */
  Optional<StackState> follow(String id) {
    int known = shown.size();
    for (int look = 0; true; look++) {
      Optional<StackState> now = cloud.stacks().find(id);
      if (now.isPresent()) {
        show(id);
      }
      boolean begun = shown.size() > known || look >= MAX_LOOKS_BEFORE;
      if (now.isEmpty() || (begun && !now.get().isUnderWay() && !now.get().isOnlyReviewed())) {
        return now;
      }
      cloud.pause().run();
    }
  }

  private void show(String id) {
    Deque<Stacks.Event> fresh = new ArrayDeque<>();
    for (Stacks.Event event : cloud.stacks().events(id)) {
      if (shown.add(event.id())) {
        fresh.push(event);
      }
    }
    for (Stacks.Event event : fresh) {
      if (failure.isEmpty() && event.status().endsWith("_FAILED")) {
        failure = event.resource() + ": " + event.reason();
      }
      out.printf(
          "  %-28s %-26s %s%n",
          event.status().toLowerCase(Locale.ROOT).replace('_', ' '),
          event.resource(),
          event.reason());
    }
  }

  /** The first failure that was shown, which is why others followed; empty if there was none. */
  String failure() {
    return failure;
  }
}
