package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.targets.Disk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** {@code bench}: FaaSKeeper beside real ZooKeeper servers, in one run. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures ZooKeeper's operations, 1 KiB each, side by side on real ZooKeeper servers and on"
          + " FaaSKeeper.",
      "Ends with 0 if FaaSKeeper in memory clears its bars, with 1 if not, with 2 if it could not be"
          + " measured, or nothing that has a bar was: reads or writes, on the single server and in"
          + " memory, or reads behind a gateway."
    })
final class BenchMain implements Callable<Integer> {
  private static final int CLEARED = 0;
  private static final int MISSED = 1;
  private static final int FAILED = 2;

  @Option(names = "--quick", description = "Short: all of it in less than five minutes.")
  private boolean quick;

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "TARGET",
      description = "Only these of: ${COMPLETION-CANDIDATES}.")
  private Set<TargetKind> targets = EnumSet.allOf(TargetKind.class);

  @Option(
      names = "--operations",
      split = ",",
      paramLabel = "OPERATION",
      description = "Only these of: ${COMPLETION-CANDIDATES}.")
  private Set<Operation> operations = EnumSet.allOf(Operation.class);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "An existing folder for the real servers' data, on the disk to sync to.")
  private @Nullable Path data;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  private final PrintStream out;

  private BenchMain(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchMain(System.out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(BenchMain::explain)
            .execute(arguments));
  }

  private static int explain(Exception failure, CommandLine command, ParseResult unused)
      throws Exception {
    if (failure instanceof IOException || failure instanceof RunnerException) {
      command.getErr().println("bench: " + failure.getMessage());
      return FAILED;
    }
    throw failure;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    Path output = OutputFolder.ofModule();
    Path folder = OutputFolder.empty((data == null ? output : data).resolve("faaskeeper-bench"));
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    Machine machine = Machine.here();
    Disk disk = Disk.under(folder);
    Harness harness = new Harness(effort, OutputFolder.empty(output.resolve("jmh")));
    Report report;
    try (Targets running = Targets.start(EnumSet.copyOf(targets), folder, out)) {
      Comparison comparison =
          new BenchRun(effort, harness, out).measure(EnumSet.copyOf(operations), running.running());
      report = Report.of(machine, disk, quick, comparison);
    }
    report.print(out);
    Path file = output.resolve("report.json");
    report.write(file);
    out.println("As JSON: " + file);
    return verdict(report, out);
  }

  /** What it ends with. */
  static int verdict(Report report, PrintStream out) {
    if (report.bars().isEmpty()) {
      out.println(
          "Nothing was compared: bars are for reads and writes in memory, and for reads behind a"
              + " gateway, beside the single server.");
      return FAILED;
    }
    return report.passed() ? CLEARED : MISSED;
  }
}
