package io.faaskeeper.host;

import io.faaskeeper.deployment.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a local deployment leaves what others read.
 *
 * @param path the folder
 * @param keepsTables whether the tables are kept in it
 * @param temporary whether it goes with the deployment
 */
record LocalFolder(Path path, boolean keepsTables, boolean temporary) {
  /**
   * The folder that the options ask for; made if there is none.
   *
   * @param data keeps tables, too; or null
   * @param folder or null
   * @throws ConfigException if it can't be made
   */
  static LocalFolder of(@Nullable Path data, @Nullable Path folder) {
    try {
      if (data != null) {
        return new LocalFolder(Files.createDirectories(data.toAbsolutePath()), true, false);
      }
      if (folder != null) {
        return new LocalFolder(Files.createDirectories(folder.toAbsolutePath()), false, false);
      }
      return new LocalFolder(Files.createTempDirectory("faaskeeper-local-"), false, true);
    } catch (IOException e) {
      throw new ConfigException("the folder can't be made: " + e);
    }
  }

  /** The client's configuration: there when the deployment is ready. */
  Path configuration() {
    return path.resolve("client.json");
  }

  /** What the functions print, each line after the name of its instance. */
  Path functionsLog() {
    return path.resolve("functions.log");
  }

  /** What each event of a function cost: the functions' own lines of JSON. */
  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path hostLog() {
    return path.resolve("host.log");
  }

  Path emulatorsLog() {
    return path.resolve("emulators.log");
  }

  Path gatewayLog() {
    return path.resolve("gateway.log");
  }

  /** What only functions may know. */
  Path secret() {
    return path.resolve("secret");
  }

  /** Where functions run. */
  Path sandbox() throws IOException {
    return Files.createDirectories(path.resolve("sandbox"));
  }

  @Nullable Path tables() {
    return keepsTables ? path.resolve("tables") : null;
  }

  /** Removes what one that was killed left for clients, who would look for it in vain. */
  void begin() throws IOException {
    Files.deleteIfExists(configuration());
  }

  /** Removes what is of no use without the deployment. */
  void end() throws IOException {
    Files.deleteIfExists(configuration());
    if (!temporary) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(path)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
