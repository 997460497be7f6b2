package io.faaskeeper.operations;

import io.faaskeeper.deployment.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the programs of this module have in common: what fails is one line on standard error.
 *
 * @param out standard output
 * @param err standard error
 */
public record Program(PrintWriter out, PrintWriter err) {
  private static final String LOGGING = "logback.configurationFile";

  private static final int FAILED = 1;
  private static final int NO_SENSE = 2;

  /** The streams of a command that runs. */
  public static Program of(@Nullable CommandSpec spec) {
    CommandLine line = present(spec).commandLine();
    return new Program(line.getOut(), line.getErr());
  }

  /** A command line that says in one line what fails. */
  public static CommandLine line(Object command) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (failure instanceof ConfigException || failure instanceof Senseless) {
                line.getErr().println(failure.getMessage());
                return NO_SENSE;
              }
              if (failure instanceof NoSuchFileException) {
                line.getErr().println("there is no " + failure.getMessage());
                return FAILED;
              }
              if (failure instanceof IOException) {
                line.getErr().println(failure.getMessage());
                return FAILED;
              }
              throw failure;
            });
  }

  /**
   * Runs a command as a program, whose log has errors only: its exit code. An error has the one of
   * the command's other unexpected failures.
   */
  public static int run(Object command, String... arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/faaskeeper/operations/logback.xml");
    }
    CommandLine line = line(command);
    try {
      return line.execute(arguments);
    } catch (Error e) {
      e.printStackTrace(line.getErr());
      line.getErr().flush();
      return line.getCommandSpec().exitCodeOnExecutionException();
    }
  }

  /** What makes no sense as an argument. */
  private static final class Senseless extends RuntimeException {
    Senseless(String why) {
      super(why);
    }
  }

  /**
   * To be thrown for an argument that makes no sense.
   *
   * @param why in one line
   */
  public static RuntimeException senseless(String why) {
    return new Senseless(why);
  }

  /** Runs a check of an argument: what it refuses makes no sense. */
  public static void check(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      throw new Senseless(String.valueOf(e.getMessage()));
    }
  }

  /** What picocli has set. */
  public static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  /** Its progress, on a terminal. */
  public Progress progress() {
    return Progress.of(err);
  }
}
