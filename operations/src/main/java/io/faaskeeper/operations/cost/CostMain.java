package io.faaskeeper.operations.cost;

import io.faaskeeper.operations.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fk cost}: what a month costs. */
@Command(
    name = "fk cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints what a deployment costs a month by its storage, beside three ZooKeeper servers, and from"
          + " how many requests on these are cheaper.",
      "What an operation takes is counted by tests; prices have their dates in one table. Assumed are"
          + " a function's time per storage call, a batch of its own for each write, and the polling"
          + " of the queue. Free tiers, logs, traffic and the servers' disks are left out."
    })
public final class CostMain implements Callable<Integer> {
  private static final int SERVERS = 3;
  private static final double SECONDS_PER_DAY = 86_400;

  /** Of what is counted a day, or stored: nobody has more. */
  private static final double MAX = 1e15;

  @Option(names = "--reads", paramLabel = "N", description = "Reads a day.")
  private double reads = 90_000;

  @Option(names = "--writes", paramLabel = "N", description = "Writes a day: setData.")
  private double writes = 10_000;

  @Option(
      names = "--creations",
      paramLabel = "N",
      description = "Nodes a day that are created, and deleted later: locks, members, queue items.")
  private double creations;

  @Option(names = "--size", paramLabel = "BYTES", description = "Data of a node.")
  private int size = 1_024;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions that are open all month, each in a process of its own.")
  private int sessions = 10;

  @Option(names = "--timeout", paramLabel = "SECONDS", description = "Of the sessions.")
  private int timeout = 30;

  @Option(names = "--stored", paramLabel = "GB", description = "All data together.")
  private double stored = 0.1;

  @Option(names = "--prices", description = "Print the price table, too.")
  private boolean showPrices;

  @Spec private @Nullable CommandSpec spec;

  private CostMain() {}

  /** Exits with 0, or with 2 if the arguments make no sense. */
  public static void main(String[] args) {
    System.exit(Program.run(new CostMain(), args));
  }

  static CostMain command() {
    return new CostMain();
  }

  @Override
  public Integer call() throws IOException {
    Program.check(this::checkOptions);
    PrintWriter out = Program.of(spec).out();
    Prices prices = Prices.read();
    Workload work = new Workload(reads, writes, creations, size, sessions, timeout, stored);
    print(out, "A month in %s, in USD:%n", prices.region());
    for (String storage : MeasuredUnits.storages()) {
      MeasuredUnits measured = MeasuredUnits.of(storage);
      Bill bill = Bill.of(work, measured, prices);
      print(out, "%nuser-storage %-24s %12.2f%n", storage, bill.total());
      bill.items().forEach((item, price) -> print(out, "  %-35s %12.2f%n", item, price));
      print(out, "%nZooKeeper on %d x %31s  as much at, requests/s%n", SERVERS, "");
      for (Map.Entry<String, Double> machine : prices.machines().entrySet()) {
        double ensemble = SERVERS * Bill.HOURS * machine.getValue();
        double factor = Bill.breakEven(work, measured, prices, ensemble);
        print(
            out,
            "  %-35s %12.2f  %12.1f%n",
            machine.getKey(),
            ensemble,
            factor * work.requests() / SECONDS_PER_DAY);
      }
    }
    if (showPrices) {
      out.println();
      prices.lines().forEach(out::println);
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }

  private void checkOptions() {
    checkNumber("--reads", reads);
    checkNumber("--writes", writes);
    checkNumber("--creations", creations);
    checkNumber("--stored", stored);
    if (reads + writes + creations == 0) {
      throw new IllegalArgumentException("some --reads, --writes or --creations must be there");
    }
    if (size < 0 || size > 1 << 20) {
      throw new IllegalArgumentException("--size is 0 to 1048576 bytes");
    }
    if (sessions < 0) {
      throw new IllegalArgumentException("--sessions is 0 or more");
    }
    if (timeout < 1) {
      throw new IllegalArgumentException("--timeout is 1 second or more");
    }
  }

  private static void checkNumber(String option, double value) {
    if (!(value >= 0 && value <= MAX)) {
      throw new IllegalArgumentException(option + " is 0 to 1e15");
    }
  }
}
