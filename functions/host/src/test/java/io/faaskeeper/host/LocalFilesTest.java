package io.faaskeeper.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path folder;

  @Test
  void secretIsKeptAndReadByItsUserAlone() throws IOException {
    Path file = folder.resolve("secret");

    String secret = DeploymentSecret.in(file);

    assertEquals(Seal.SECRET_BYTES, Base64.getDecoder().decode(secret).length);
    assertEquals(secret, DeploymentSecret.in(file));
    assertNotEquals(secret, DeploymentSecret.in(folder.resolve("another")));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void costsAreKeptApartFromTheLog() throws IOException {
    Path lines = folder.resolve("lines");
    Path metrics = folder.resolve("metrics");
    try (FunctionLog log = new FunctionLog(lines, metrics)) {
      log.line("f", "f-1", "hello");
      log.line("f", "f-1", "{\"fk\":\"metrics\",\"function\":\"f\"}");
      log.line("f", "f-2", "{\"fk\":\"else\"}");
    }

    assertEquals(List.of("f-1 hello", "f-2 {\"fk\":\"else\"}"), Files.readAllLines(lines));
    assertEquals(List.of("{\"fk\":\"metrics\",\"function\":\"f\"}"), Files.readAllLines(metrics));
  }

  @Test
  void temporaryFolderGoesWithTheDeployment() throws IOException {
    LocalFolder temporary = LocalFolder.of(null, null);
    Files.createFile(temporary.sandbox().resolve("file"));
    Files.createFile(temporary.configuration());

    temporary.end();

    assertFalse(Files.exists(temporary.path()));
  }

  @Test
  void namedFolderStaysWithoutTheConfiguration() throws IOException {
    LocalFolder named = LocalFolder.of(null, folder.resolve("new"));
    Files.createFile(named.configuration());
    Files.createFile(named.metrics());

    named.end();

    assertTrue(Files.exists(named.metrics()));
    assertFalse(Files.exists(named.configuration()));
    assertEquals(null, named.tables());
  }

  @Test
  void configurationOfADeploymentThatWasKilledGoesWhenTheNextBegins() throws IOException {
    Path data = folder.resolve("data");
    Files.createFile(LocalFolder.of(data, null).configuration());

    LocalFolder next = LocalFolder.of(data, null);
    next.begin();

    assertFalse(Files.exists(next.configuration()));
  }
}
