package io.faaskeeper.host.coldstart;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the jar that is uploaded leaves out of its libraries is not needed. */
@Timeout(120)
class PackagedJarTest {
  private static final String CLASS = ".class";

  @TempDir Path folder;

  private final Path jar;
  private final Path readme;

  PackagedJarTest() throws URISyntaxException {
    URI classes = getClass().getProtectionDomain().getCodeSource().getLocation().toURI();
    Path module = Path.of(classes).resolve("../..").normalize();
    jar = module.resolve("../handlers/target/functions.jar").normalize();
    readme = module.resolve("../../README.md").normalize();
  }

  @Test
  void everyClassThatOurClassesNameIsThere() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String name : classes(file, "io/faaskeeper/")) {
        Path to = folder.resolve(name);
        Files.createDirectories(to.resolve("..").normalize());
        Files.copy(file.getInputStream(file.getEntry(name)), to);
      }
    }
    StringWriter said = new StringWriter();
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(said),
                new PrintWriter(said),
                "--missing-deps",
                "--multi-release",
                "17",
                "--class-path",
                jar.toString(),
                folder.toString());

    assertEquals(0, status, said::toString);
    assertEquals("", said.toString());
  }

  /** What the JVM loads to verify them is there, too. */
  @Test
  void classesOfOursAndOfZooKeeperCanBeInitialized() throws IOException {
    try (JarFile file = new JarFile(jar.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<String> ours = classes(file, "io/faaskeeper/");
      List<String> zooKeepers = classes(file, "org/apache/zookeeper/");
      assertTrue(zooKeepers.size() < 200, () -> zooKeepers.size() + " classes of ZooKeeper");
      for (List<String> names : List.of(ours, zooKeepers)) {
        for (String name : names) {
          String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          assertDoesNotThrow(() -> Class.forName(type, true, loader), type);
        }
      }
    }
  }

  @Test
  void readmeHasItsSize() throws IOException {
    String size = Math.round(Files.size(jar) / 1e6) + " MB";
    var said = Pattern.compile("[Tt]he (?:functions')? ?jar(?:'s)? \\(?(\\d+ MB)");
    List<String> sizes =
        said.matcher(Files.readString(readme)).results().map(found -> found.group(1)).toList();

    assertEquals(List.of(size, size), sizes);
  }

  private static List<String> classes(JarFile file, String under) {
    return file.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(under) && name.endsWith(CLASS))
        .toList();
  }
}
