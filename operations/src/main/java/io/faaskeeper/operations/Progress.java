package io.faaskeeper.operations;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that says how far something is, written anew some times a second; nothing
 * if there is no terminal. Used by one thread.
 */
public final class Progress {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long lastNanos;
  private boolean shown;

  /**
   * Shows nothing yet.
   *
   * @param nanoTime a monotonic clock
   */
  public Progress(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong() - PERIOD_NANOS;
  }

  /** On standard error, if this program has a terminal. */
  public static Progress of(PrintWriter err) {
    return new Progress(err, isTerminal(), System::nanoTime);
  }

  /** From Java 22 on there is a console also where there is no terminal, and it says so. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Shows how far it is, unless that was done a moment ago. */
  public void show(Supplier<String> line) {
    if (!terminal) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (now - lastNanos >= PERIOD_NANOS) {
      lastNanos = now;
      shown = true;
      out.print(CLEAR + line.get());
      out.flush();
    }
  }

  /** Takes the line away. */
  public void end() {
    if (shown) {
      shown = false;
      out.print(CLEAR);
      out.flush();
    }
  }
}
