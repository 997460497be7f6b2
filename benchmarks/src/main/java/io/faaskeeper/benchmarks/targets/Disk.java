package io.faaskeeper.benchmarks.targets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * The disk under a folder.
 *
 * @param folder the folder
 * @param fileSystem its type, as the system names it
 * @param device what is mounted there
 * @param syncMicros writing 1 KiB into a file and forcing it to the disk, the space allocated
 *     before, as ZooKeeper's log does: the lowest median of several series, for what else the
 *     machine does at the moment only adds to it
 */
public record Disk(String folder, String fileSystem, String device, double syncMicros) {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");
  private static final int SERIES = 7;
  private static final int SYNCS = 51;
  private static final int WRITE_BYTES = 1024;

  /**
   * Looks, and tries.
   *
   * @throws IOException also if it is no disk: syncing to memory would measure nothing
   */
  public static Disk under(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    if (IN_MEMORY.contains(store.type())) {
      throw new IOException(
          "%s is %s, which is memory: the servers need a folder on a disk (--data)"
              .formatted(folder, store.type()));
    }
    return new Disk(folder.toString(), store.type(), store.name(), syncMicros(folder));
  }

  private static double syncMicros(Path folder) throws IOException {
    double lowest = Double.MAX_VALUE;
    for (int i = 0; i < SERIES; i++) {
      lowest = Math.min(lowest, medianSyncMicros(folder));
    }
    return lowest;
  }

  private static double medianSyncMicros(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "sync", ".probe");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(SYNCS * WRITE_BYTES));
      channel.force(true);
      channel.position(0);
      long[] nanos = new long[SYNCS];
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        channel.write(ByteBuffer.allocate(WRITE_BYTES));
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      return nanos[SYNCS / 2] / 1e3;
    } finally {
      Files.delete(file);
    }
  }
}
