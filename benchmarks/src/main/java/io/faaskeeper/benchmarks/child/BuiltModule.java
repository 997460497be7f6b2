package io.faaskeeper.benchmarks.child;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another module of this project, as Maven built it: what runs in a process of its own is not on
 * this one's class path.
 *
 * @param folder where its pom is
 */
public record BuiltModule(Path folder) {
  /**
   * A module beside this one.
   *
   * @param path from the project's root, for instance {@code functions/emulators}
   */
  public static BuiltModule at(String path) {
    return new BuiltModule(thisOne().resolveSibling(path).normalize());
  }

  private static Path thisOne() {
    try {
      Path classes =
          Path.of(BuiltModule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where are this program's classes?", e);
    }
  }

  /** Its classes and all that they need. */
  public String classPath() throws IOException {
    Path target = folder.resolve("target");
    Path dependencies = target.resolve("classpath");
    if (!Files.exists(dependencies)) {
      throw new IOException(folder + " is not built: ./mvnw package does it");
    }
    return target.resolve("classes") + File.pathSeparator + Files.readString(dependencies).strip();
  }
}
