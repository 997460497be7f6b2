package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.targets.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures each operation on each target. The targets take turns at every operation: what else the
 * machine does then falls on all of them alike.
 */
final class BenchRun {
  private final Effort effort;
  private final Harness harness;
  private final PrintStream progress;
  private final long start = System.nanoTime();

  BenchRun(Effort effort, Harness harness, PrintStream progress) {
    this.effort = effort;
    this.harness = harness;
    this.progress = progress;
  }

  Comparison measure(Set<Operation> operations, Map<TargetKind, Target> targets)
      throws IOException, RunnerException {
    List<Step> steps =
        operations.stream()
            .flatMap(
                operation ->
                    targets.entrySet().stream()
                        .map(
                            target ->
                                new Step(
                                    operation,
                                    target.getValue(),
                                    new Samples(operation, target.getKey()))))
            .toList();
    int runs = effort.rounds() * steps.size();
    int run = 0;
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Step step : steps) {
        run++;
        String name = "%03d-%s".formatted(run, step.operation());
        step.samples().add(harness.run(step.operation(), step.target(), name));
        tell(run + "/" + runs, step.samples().measurement());
      }
    }
    return new Comparison(steps.stream().map(step -> step.samples().measurement()).toList());
  }

  private void tell(String place, Measurement soFar) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    progress.printf(
        Locale.ROOT,
        "%7s  %d:%02d  %-8s  %-30s %9s%n",
        place,
        seconds / 60,
        seconds % 60,
        soFar.operation(),
        soFar.target().label(),
        Table.duration(soFar.medianMicros()));
  }

  private record Step(Operation operation, Target target, Samples samples) {}
}
