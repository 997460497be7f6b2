package io.faaskeeper.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The functions' jar, by its content.
 *
 * @param digest 16 hexadecimal digits of its SHA-256
 */
record Release(Path jar, String digest) {
  private static final int DIGITS = 16;

  /** Reads the jar. */
  static Release of(Path jar) {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (NoSuchFileException e) {
      throw new DeployException(
          "there is no " + jar + ": build it with ./mvnw package, or name it with --jar", e);
    } catch (IOException e) {
      throw new DeployException(jar + " can't be read: " + e.getMessage(), e);
    }
    return new Release(jar, hex(digest));
  }

  /** Where it lies in the bucket for code. */
  String key(String deployment) {
    return deployment + "/functions-" + digest + ".jar";
  }

  /** Changes with the code and with every parameter. */
  String name(Map<String, String> parameters) {
    MessageDigest all = sha256();
    all.update(digest.getBytes(StandardCharsets.UTF_8));
    all.update(new TreeMap<>(parameters).toString().getBytes(StandardCharsets.UTF_8));
    return hex(all);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
