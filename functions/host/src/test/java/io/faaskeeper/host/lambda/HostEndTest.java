package io.faaskeeper.host.lambda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.host.ScriptedHandler;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HostEndTest {
  @TempDir Path folder;

  @Test
  void busyInstanceDiesWithItsKilledHost() throws Exception {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = host.inputReader()) {
      ProcessHandle instance = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

      host.destroyForcibly();

      instance.onExit().get(1, TimeUnit.MINUTES);
      assertTrue(!instance.isAlive());
    } finally {
      host.destroyForcibly();
    }
  }

  /** Prints the process of an instance that hangs, and waits to be killed. */
  static final class HostMain {
    private HostMain() {}

    public static void main(String[] args) throws Exception {
      HostFixture fixture = new HostFixture(Path.of(args[0]));
      fixture.deploy("echo", ScriptedHandler.class, 1, 0, Duration.ofMinutes(10));
      fixture
          .host
          .invoke("echo", HostFixture.event("hang:hanging"))
          .thenAccept(result -> System.err.println("ended: " + result));
      fixture.journal.await("hanging");
      System.out.println(fixture.host.instances("echo").get(0).pid());
    }
  }
}
