package io.faaskeeper.operations.chaos;

import io.faaskeeper.operations.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fk chaos}: breaks a local deployment, and checks that no promise is broken. */
@Command(
    name = "fk chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnExecutionException = ChaosMain.FAILED,
    description = {
      "Runs a local deployment of emulators, functions and gateways, kills its processes, makes calls"
          + " of storage fail and come late, and has clients use it meanwhile. Then what they were"
          + " told is compared with the log, and the log with what is stored.",
      "A seed chooses what is asked and who is killed; how it goes on is up to the machine, so a seed"
          + " is not a history.",
      "Ends with 0 if all promises were kept, with 1 if not, with 2 if it could not be run."
    })
public final class ChaosMain implements Callable<Integer> {
  private static final int KEPT = 0;
  private static final int BROKEN = 1;
  static final int FAILED = 2;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final int THREADS = 4;

  @Option(names = "--minutes", paramLabel = "N", description = "How long things go wrong.")
  private double minutes = 5;

  @Option(names = "--seed", paramLabel = "N", description = "Any by default.")
  private @Nullable Long seed;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "An empty folder for logs; a temporary one by default. It is kept.")
  private @Nullable Path folder;

  @Spec private @Nullable CommandSpec spec;

  private ChaosMain() {}

  /** Exits with 0, 1 or 2: see the description. */
  public static void main(String[] args) {
    System.exit(Program.run(new ChaosMain(), args));
  }

  static ChaosMain command() {
    return new ChaosMain();
  }

  @Override
  public Integer call() throws InterruptedException {
    Program program = Program.of(spec);
    long chosen = seed == null ? new Random().nextLong() : seed;
    ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(THREADS);
    timers.setRemoveOnCancelPolicy(true);
    try {
      Path logs =
          folder == null
              ? Files.createTempDirectory("faaskeeper-chaos-")
              : Files.createDirectories(folder);
      program.out().printf("seed %d, logs in %s%n", chosen, logs);
      program.out().flush();
      return run(logs.toAbsolutePath(), new Random(chosen), timers, program.out());
    } catch (IOException e) {
      program.err().println(e.getMessage());
      return FAILED;
    } finally {
      timers.shutdownNow();
    }
  }

  private int run(Path logs, Random random, ScheduledThreadPoolExecutor timers, PrintWriter out)
      throws IOException, InterruptedException {
    Duration duration = Duration.ofSeconds(Math.round(minutes * SECONDS_PER_MINUTE));
    try (Deployed deployed = Deployed.start(logs, random, timers)) {
      ChaosRun run = new ChaosRun(deployed, timers, out, random);
      try {
        run.run(duration);
        out.println("no promise was broken: " + run);
        return KEPT;
      } catch (AssertionError e) {
        out.println("VIOLATION after " + run + ":");
        out.println(e.getMessage());
        return BROKEN;
      }
    } finally {
      out.flush();
    }
  }
}
