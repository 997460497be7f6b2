package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the programs say in one line, before they call anybody. */
class ProgramTest {
  @TempDir Path folder;

  @Test
  void settingThatIsNotUsedIsRefused() {
    assertEquals(
        "--set tick-time is of no use for fk status, which takes deployment-name,"
            + " deployment-region: bin/fk deploy service sets the rest\n",
        refused(new Status(), "--set=tick-time=4000"));
    assertEquals(
        "--set tick-time is of no use for fk config, which takes deployment-name,"
            + " deployment-region, channel-host, port: bin/fk deploy service sets the rest\n",
        refused(new Config(), "--set=channel-host=10.0.0.7", "--set=tick-time=4000"));
    assertEquals(
        "--set port is of no use for fk remove, which takes deployment-name, deployment-region,"
            + " user-storage, aws: bin/fk deploy service sets the rest\n",
        refused(new Remove(), "--set=user-storage=hybrid", "--set=port=0"));
  }

  @Test
  void codeAloneHasNoParameters() {
    assertEquals(
        "--parameter is of no use for fk deploy functions: bin/fk deploy service sets it\n",
        refused(new Deploy(), "functions", "--parameter=SnapStart=on"));
    assertEquals(
        "--set tick-time is of no use for fk deploy functions, which takes deployment-name,"
            + " deployment-region: bin/fk deploy service sets the rest\n",
        refused(new Deploy(), "functions", "--set=tick-time=4000"));
  }

  @Test
  void fileThatCanNotBeWrittenIsAFailure() {
    Callable<Integer> writing =
        new Writing(() -> Config.write("{}", folder.resolve("none").resolve("c.json")));
    StringWriter said = new StringWriter();
    CommandLine line = Program.commandLine(writing).setErr(new PrintWriter(said, true));

    assertEquals(Program.FAILED, line.execute());
    assertTrue(
        said.toString().startsWith(folder + "/none/c.json can't be written: "), said::toString);
    assertEquals(1, said.toString().lines().count());
  }

  /** A program that does this. */
  @Command
  private record Writing(Runnable task) implements Callable<Integer> {
    @Override
    public Integer call() {
      task.run();
      return 0;
    }
  }

  /** The line that a program ends with, whose arguments make no sense. */
  private static String refused(Object program, String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine line = Program.commandLine(program).setErr(new PrintWriter(said, true));
    assertEquals(Program.BAD_ARGUMENTS, line.execute(arguments), List.of(arguments)::toString);
    return said.toString();
  }
}
