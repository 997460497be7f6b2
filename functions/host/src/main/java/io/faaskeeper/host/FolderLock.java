package io.faaskeeper.host;

import io.faaskeeper.deployment.ConfigException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a folder for one deployment at a time. The end of the process, however it comes, frees it.
 */
final class FolderLock implements Closeable {
  private final FileChannel file;

  private FolderLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes it.
   *
   * @throws ConfigException if another deployment has it
   */
  static FolderLock of(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new FolderLock(file);
      }
    } catch (OverlappingFileLockException e) {
      // It is this process that has it.
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    file.close();
    throw new ConfigException("another local deployment runs in the folder " + folder);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
