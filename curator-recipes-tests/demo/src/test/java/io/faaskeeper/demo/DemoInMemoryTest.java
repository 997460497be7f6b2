package io.faaskeeper.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoInMemoryTest {
  @Test
  void everyRecipeBehavesAndTheTableNamesTheOperations() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int exit = run(bytes, bytes, "--provider", "memory");
    String said = bytes.toString(UTF_8);
    assertEquals(0, exit, said);
    assertTrue(said.contains("8 of 8 recipes behaved."), said);
    assertTrue(said.lines().anyMatch(line -> line.matches("setData +\\d+ +\\S+ +\\S+ .*")), said);
  }

  private static int run(ByteArrayOutputStream out, ByteArrayOutputStream err, String... options) {
    return DemoLauncher.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), options);
  }

  @Test
  void whatWouldBeIgnoredIsRefused(@TempDir Path folder) {
    assertRefused("--worker-queue is of a local", "--provider", "memory", "--worker-queue", "sqs");
    String none = folder.resolve("none.json").toString();
    assertRefused("--config names a deployment", "--config", none, "--provider", "local");
    assertRefused("--config names a deployment", "--config", none, "--user-storage", "hybrid");
    assertRefused("the FaaSKeeper configuration " + none, "--config", none);
  }

  private static void assertRefused(String begin, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = run(out, err, options);
    String said = err.toString(UTF_8);
    assertEquals(2, exit, said);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith(begin), said);
    assertEquals("", out.toString(UTF_8));
  }
}
