package io.faaskeeper.benchmarks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run leaves its files: the module's build folder, wherever it is run from. */
final class OutputFolder {
  private OutputFolder() {}

  /** The folder {@code bench} beside the classes; made if it is not there. */
  static Path ofModule() throws IOException {
    try {
      Path classes =
          Path.of(OutputFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Files.createDirectories(classes.resolveSibling("bench"));
    } catch (URISyntaxException e) {
      throw new IOException("where are this program's classes?", e);
    }
  }

  /** An empty folder, whatever was there before. */
  static Path empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> old;
      try (Stream<Path> files = Files.walk(folder)) {
        old = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : old) {
        Files.delete(file);
      }
    }
    return Files.createDirectories(folder);
  }
}
