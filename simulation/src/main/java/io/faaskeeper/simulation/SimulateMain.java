package io.faaskeeper.simulation;

import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code simulate}: histories of a simulated deployment, one for each seed. */
@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Runs the real service and clients on simulated storage, queues, channel and time, one history"
          + " per seed, and checks ZooKeeper's guarantees.",
      "Ends with 0 if every history kept them; with 1 at the first that did not, after the timeline"
          + " of the shortest prefix of its faults that still fails; with 2 if it was asked wrongly."
    })
final class SimulateMain implements Callable<Integer> {
  private static final long PROGRESS_NANOS = 10_000_000_000L;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      defaultValue = "1..100",
      description = "The seeds, both included. Default: ${DEFAULT-VALUE}.")
  private String seeds = "";

  @Option(
      names = "--profile",
      defaultValue = "all",
      paramLabel = "NAME",
      description = "What goes wrong: calm, crashes, network, clients, all. Default: all.")
  private String profile = "";

  @Option(
      names = "--operations",
      defaultValue = "500",
      paramLabel = "N",
      description = "Requests per history. Default: ${DEFAULT-VALUE}.")
  private int operations;

  @Option(names = "--timeline", description = "Print the timeline of every history.")
  private boolean everyTimeline;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private final PrintStream out;

  SimulateMain(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new SimulateMain(System.out)).execute(args));
  }

  @Override
  public Integer call() {
    long[] range = range();
    Profile chosen = profile();
    long begin = System.nanoTime();
    long told = begin;
    long asked = 0;
    for (long seed = range[0]; seed <= range[1]; seed++) {
      Simulation.Settings settings = new Simulation.Settings(seed, chosen, operations);
      Simulation simulation = new Simulation(settings, SimulatedStorage.ANY);
      Throwable violation = violation(simulation);
      if (violation != null) {
        report(settings, simulation, violation);
        return 1;
      }
      if (everyTimeline) {
        simulation.timeline().forEach(out::println);
      }
      asked += simulation.asked();
      long now = System.nanoTime();
      if (now - told >= PROGRESS_NANOS || seed == range[1]) {
        told = now;
        long count = seed - range[0] + 1;
        double minutes = (now - begin) / 60e9;
        out.printf(
            "%s: %d histories up to seed %d, %d requests, %.0f histories a minute%n",
            chosen.name(), count, seed, asked, count / minutes);
      }
    }
    return 0;
  }

  private static @Nullable Throwable violation(Simulation simulation) {
    try {
      simulation.run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  /** Prints the shortest history that is known to fail. */
  private void report(Simulation.Settings settings, Simulation first, Throwable violation) {
    out.printf(
        "seed %d of profile %s is a violation after %d faults: %s%n",
        settings.seed(), settings.profile().name(), first.faults(), violation);
    int fewest =
        Shrinking.fewest(
            first.faults(),
            count ->
                violation(new Simulation(settings.withMaxFaults(count), SimulatedStorage.ANY))
                    != null);
    Simulation shortest = new Simulation(settings.withMaxFaults(fewest), SimulatedStorage.ANY);
    Throwable last = violation(shortest);
    shortest.timeline().forEach(out::println);
    out.printf("with the first %d faults of seed %d alone: %s%n", fewest, settings.seed(), last);
    if (last != null) {
      last.printStackTrace(out);
    }
  }

  private long[] range() {
    try {
      String[] ends = seeds.split("\\.\\.", -1);
      long first = Long.parseLong(ends[0]);
      long last = ends.length == 1 ? first : Long.parseLong(ends[1]);
      if (ends.length <= 2 && first <= last) {
        return new long[] {first, last};
      }
    } catch (NumberFormatException e) {
      throw wrong("--seeds " + seeds + ": " + e.getMessage());
    }
    throw wrong("--seeds " + seeds + " is no range A..B");
  }

  private Profile profile() {
    try {
      return Profile.named(profile);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
