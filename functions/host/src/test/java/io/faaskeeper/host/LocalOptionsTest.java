package io.faaskeeper.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options that make no sense are refused in one line, before anything is started. */
@Timeout(60)
class LocalOptionsTest {
  @TempDir Path folder;

  @Test
  void wrongValues() {
    assertRefused("--user-storage", "foo", "user-storage is \"foo\", and must be key-value or");
    assertRefused("--set", "tick-time=soon", "tick-time is \"soon\", and must be a number");
    assertRefused("--set", "colour=red", "unknown key colour");
    assertRefused("--provider", "cloud", "--provider may be local or memory");
    assertRefused("--port", "99999", "--port is 99999, and may be 0 to 65535");
  }

  /** Its provider and endpoints are what this program makes. */
  @Test
  void whatIsNotTheUsersToSay() {
    assertRefused("--set", "cloud-provider=aws", "--set cloud-provider is of no use here");
    assertRefused("--set", "endpoints={}", "--set endpoints is of no use here");
  }

  @Test
  void foldersOfWhichOneWouldNotBeUsedOrThatCannotBe() throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    assertRefused("--data=" + folder, "--folder=" + folder, "--data and --folder exclude each");
    assertRefused("--data=" + folder, "--provider=memory", "--provider may be local or memory");
    assertRefused("--data", file, "the folder can't be made: ");
  }

  /** Two on the same tables would spoil them, and each other's configuration. */
  @Test
  void aFolderInWhichAnotherRuns() throws IOException {
    FolderLock other = FolderLock.of(folder);
    assertRefused("--data=" + folder, "--port=0", "another local deployment runs in the folder ");
    assertRefused("--folder=" + folder, "--port=0", "another local deployment runs in the folder ");
    other.close();
    FolderLock.of(folder).close();
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertEnds(
          1,
          "The deployment did not start: port " + taken.getLocalPort() + " can't be listened on",
          "--port=" + taken.getLocalPort());
    }
  }

  private static void assertRefused(String first, String second, String said) {
    assertEnds(2, said, first, second);
  }

  private static void assertEnds(int status, String said, String... options) {
    StringWriter err = new StringWriter();
    CommandLine local = Local.commandLine().setErr(new PrintWriter(err, true));

    assertEquals(status, local.execute(options), err::toString);

    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith(said), err::toString);
  }
}
