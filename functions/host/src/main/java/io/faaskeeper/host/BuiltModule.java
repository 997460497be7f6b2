package io.faaskeeper.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A module of this project beside this one, as Maven built it: what runs in a process of its own is
 * not on this one's class path.
 *
 * @param folder where its pom is
 */
record BuiltModule(Path folder) {
  /** A module of {@code functions}, wherever this class was built. */
  static BuiltModule named(String name) {
    try {
      Path here =
          Path.of(BuiltModule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = here.getParent();
      if (target == null || !target.endsWith("target")) {
        throw new IllegalStateException("not run from where it was built: " + here);
      }
      return new BuiltModule(target.resolveSibling("../" + name).normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class that was loaded from nowhere", e);
    }
  }

  /** Its classes and all that they need. */
  String classPath() {
    Path target = folder.resolve("target");
    Path dependencies = target.resolve("classpath");
    try {
      return target.resolve("classes")
          + File.pathSeparator
          + Files.readString(dependencies).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " is not built: ./mvnw package does it", e);
    }
  }
}
