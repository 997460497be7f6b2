package io.faaskeeper.host;

import io.faaskeeper.model.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that only the functions of a deployment hold, in a file that only its user reads. */
final class DeploymentSecret {
  private DeploymentSecret() {}

  /** The secret in Base64: what the file holds, or a new one that is put there. */
  static String in(Path file) throws IOException {
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    byte[] secret = new byte[Seal.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getEncoder().encodeToString(secret);
    // Whole or not at all: an empty one would be taken for the secret.
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(owner));
    }
    Files.writeString(unfinished, text + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return text;
  }
}
