package io.faaskeeper.demo;

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
record BuiltModule(Path folder) {
  /** From a module's build folder to the project's: curator-recipes-tests/demo/target. */
  private static final Path PROJECT = Path.of("..", "..", "..");

  /**
   * A module by its folder within the project, in which this class was built.
   *
   * @param path of the folder, from the project's
   */
  static BuiltModule at(String path) {
    try {
      Path here =
          Path.of(BuiltModule.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path target = here.getParent();
      if (target == null || !target.endsWith("target")) {
        throw new IllegalStateException("not run from where it was built: " + here);
      }
      return new BuiltModule(target.resolve(PROJECT).resolve(path).normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class that was loaded from nowhere", e);
    }
  }

  /** Its classes and all that they need. */
  String classPath() throws IOException {
    Path target = folder.resolve("target");
    Path dependencies = target.resolve("classpath");
    if (!Files.isReadable(dependencies)) {
      throw new IOException(folder + " is not built: ./mvnw package does it");
    }
    return target.resolve("classes") + File.pathSeparator + Files.readString(dependencies).strip();
  }
}
