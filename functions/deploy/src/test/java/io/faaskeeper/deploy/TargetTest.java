package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.deployment.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TargetTest {
  @TempDir Path folder;

  @Command
  private static final class Holder {
    @Mixin private Target target = new Target();
  }

  /** Who says no region has not said all. */
  @Test
  void aRegionHasToBeSaid() {
    assertThrows(ConfigException.class, () -> new Target().configuration(Optional::empty));
  }

  @ParameterizedTest
  @CsvSource({"2024", "007", "true", "null", "1e5", "shop", "2-a", "-1"})
  void everyNameThatIsAllowedCanBeSet(String name) {
    assertEquals(name, given("--set=deployment-name=" + name).config().name());
  }

  @Test
  void nameMayBeQuotedAsInAFile() {
    assertEquals("2024", given("--set=deployment-name=\"2024\"").config().name());
  }

  @Test
  void valuesAreJsonWhereTheyAreSome() {
    Target.Given given =
        given(
            "--set=tick-time=4000",
            "--set=verbose=true",
            "--set=aws={\"data-bucket\": \"mine\"}",
            "--set=user-storage=hybrid",
            "--set=super-digest=");

    assertEquals(4000, given.config().tickMillis());
    assertEquals("mine", given.config().dataBucket());
    assertNull(given.config().superDigest());
  }

  @Test
  void keysAreThoseOfFileAndOptions() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "{\"verbose\": false, \"port\": 1}");

    assertEquals(
        Set.of("verbose", "port", "tick-time", "deployment-region"),
        given("--config=" + file, "--set=tick-time=1").keys());
  }

  private static Target.Given given(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.target.given(() -> Optional.of("eu-north-1"));
  }
}
