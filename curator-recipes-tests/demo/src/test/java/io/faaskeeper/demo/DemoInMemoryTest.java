package io.faaskeeper.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class DemoInMemoryTest {
  @Test
  void everyRecipeBehavesAndTheTableNamesTheOperations() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int exit = DemoLauncher.run(new PrintStream(bytes, true, UTF_8), "--provider", "memory");
    String said = bytes.toString(UTF_8);
    assertEquals(0, exit, said);
    assertTrue(said.contains("8 of 8 recipes behaved."), said);
    assertTrue(said.lines().anyMatch(line -> line.matches("setData +\\d+ +\\S+ +\\S+ .*")), said);
  }
}
