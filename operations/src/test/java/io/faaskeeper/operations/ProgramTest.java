package io.faaskeeper.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

final class ProgramTest {
  /** Has a meaning for 1. */
  @Command(name = "fails", exitCodeOnExecutionException = 2)
  private record Fails(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  @Test
  void whatIsUnexpectedHasTheCodeThatTheCommandNames() {
    Told told = Told.by(new Fails(new IllegalStateException("why")));
    assertEquals(2, told.code(), told::toString);
    assertTrue(told.err().contains("IllegalStateException: why"), told::toString);
    assertEquals(2, Program.run(new Fails(new AssertionError("an error that is printed"))));
  }

  @Test
  void whatMakesNoSenseAndWhatFailsIsOneLine() {
    Told.by(new Fails(Program.senseless("no sense"))).assertFailed(2, "no sense");
    Told.by(new Fails(new IOException("failed"))).assertFailed(1, "failed");
  }
}
