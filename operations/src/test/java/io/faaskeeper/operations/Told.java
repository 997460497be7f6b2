package io.faaskeeper.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a program ended with.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
public record Told(int code, String out, String err) {
  /** Runs a program in this JVM. */
  public static Told by(Object command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Program.line(command);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return new Told(code, out.toString(), err.toString());
  }

  /** Checks that it did what it should, and said this. */
  public void assertDone(String text) {
    assertEquals(0, code, this::toString);
    assertTrue(out.contains(text), this::toString);
  }

  /** Checks that it failed, and said so in one line with this text. */
  public void assertFailed(int exitCode, String text) {
    assertEquals(exitCode, code, this::toString);
    assertEquals(1, err.lines().count(), this::toString);
    assertTrue(err.contains(text), this::toString);
  }
}
