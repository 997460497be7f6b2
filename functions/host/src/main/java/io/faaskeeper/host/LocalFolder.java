package io.faaskeeper.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a local deployment leaves what others read. It is one deployment's until that ends, however
 * it does.
 *
 * @param path the folder
 * @param keepsTables whether the tables are kept in it
 * @param temporary whether it goes with the deployment
 * @param lock holds the lock that makes it this deployment's, as long as it is open
 */
record LocalFolder(Path path, boolean keepsTables, boolean temporary, FileChannel lock) {
  /**
   * The folder that the options ask for; made if there is none. What a deployment that was killed
   * left in it for clients is gone.
   *
   * @param data keeps tables, too; or null
   * @param folder or null
   * @throws IOException if it can't be used, or another deployment does: in one line
   */
  static LocalFolder of(@Nullable Path data, @Nullable Path folder) throws IOException {
    if (data != null) {
      return taken(Files.createDirectories(data.toAbsolutePath()), true, false);
    }
    if (folder != null) {
      return taken(Files.createDirectories(folder.toAbsolutePath()), false, false);
    }
    return taken(Files.createTempDirectory("faaskeeper-local-"), false, true);
  }

  private static LocalFolder taken(Path path, boolean keepsTables, boolean temporary)
      throws IOException {
    FileChannel lock =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lock)) {
      lock.close();
      throw new IOException(path + " is in use by another local deployment");
    }
    LocalFolder folder = new LocalFolder(path, keepsTables, temporary, lock);
    Files.deleteIfExists(folder.configuration());
    return folder;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
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

  /** Removes what is of no use without the deployment; another may use the folder then. */
  void end() throws IOException {
    try (lock) {
      if (lock.isOpen()) {
        remove();
      }
    }
  }

  private void remove() throws IOException {
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
