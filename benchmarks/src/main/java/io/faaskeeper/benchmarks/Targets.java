package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.targets.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The targets of a run, all running at once, so that none of them has the machine's better hour.
 */
final class Targets implements AutoCloseable {
  private final Map<TargetKind, Target> running = new EnumMap<>(TargetKind.class);

  private Targets() {}

  /**
   * Starts them one after the other; if one fails, none is left.
   *
   * @param folder for what they keep
   */
  static Targets start(Set<TargetKind> kinds, Path folder, PrintStream progress)
      throws IOException, InterruptedException {
    Targets targets = new Targets();
    try {
      for (TargetKind kind : kinds) {
        long start = System.nanoTime();
        Target target = kind.create(folder.resolve(kind.toString()));
        targets.running.put(kind, target);
        target.start();
        progress.printf(
            "started %s in %s%n", kind.label(), Table.duration((System.nanoTime() - start) / 1e3));
      }
      return targets;
    } catch (IOException | InterruptedException | RuntimeException e) {
      targets.close();
      throw e;
    }
  }

  Map<TargetKind, Target> running() {
    return running;
  }

  @Override
  public void close() {
    running.values().forEach(Target::close);
  }
}
