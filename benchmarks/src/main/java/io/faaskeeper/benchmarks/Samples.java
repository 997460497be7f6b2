package io.faaskeeper.benchmarks;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.Statistics;

/** The samples of one operation on one target, over all rounds. Used by one thread. */
final class Samples {
  private final Operation operation;
  private final TargetKind target;
  private final MultisetStatistics all = new MultisetStatistics();
  private final DoubleSummaryStatistics iterationMedians = new DoubleSummaryStatistics();

  Samples(Operation operation, TargetKind target) {
    this.operation = operation;
    this.target = target;
  }

  /** Adds what JMH measured in one JVM or more. */
  void add(Collection<RunResult> results) {
    for (RunResult result : results) {
      result.getBenchmarkResults().stream()
          .flatMap(benchmark -> benchmark.getIterationResults().stream())
          .forEach(this::add);
    }
  }

  private void add(IterationResult iteration) {
    Statistics statistics = iteration.getPrimaryResult().getStatistics();
    iterationMedians.accept(statistics.getPercentile(50));
    Iterator<Map.Entry<Double, Long>> values = statistics.getRawData();
    while (values.hasNext()) {
      Map.Entry<Double, Long> value = values.next();
      all.addValue(value.getKey(), value.getValue());
    }
  }

  /** What is known so far. */
  Measurement measurement() {
    return new Measurement(
        operation,
        target,
        all.getN(),
        all.getPercentile(50),
        all.getPercentile(99),
        iterationMedians.getMin(),
        iterationMedians.getMax());
  }
}
