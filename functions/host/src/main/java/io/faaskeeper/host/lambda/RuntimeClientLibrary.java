package io.faaskeeper.host.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The native library of Lambda's runtime client. Left alone, each instance unpacks it to one and
 * the same file in {@code /tmp}, and an instance that loads it while another one writes it does not
 * start. Here it is unpacked once, before the first instance.
 */
final class RuntimeClientLibrary {
  private static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private RuntimeClientLibrary() {}

  /** Unpacks it into a folder; the flag that makes a JVM's runtime client use it. */
  static String unpackInto(Path folder) throws IOException {
    Path library = folder.resolve("libaws-lambda-jni.so");
    String resource = "/jni/libaws-lambda-jni." + platform() + ".so";
    try (InputStream packed = AWSLambda.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new IOException(
            "functions can't run here: Lambda's runtime client is for Linux on x86-64 or AArch64");
      }
      Files.copy(packed, library, StandardCopyOption.REPLACE_EXISTING);
    }
    return "-D" + PROPERTY + "=" + library;
  }

  private static String platform() {
    String system = "Linux".equals(System.getProperty("os.name")) ? "linux" : "none";
    boolean arm = "aarch64".equals(System.getProperty("os.arch"));
    String musl = "/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1";
    return system + (Files.exists(Path.of(musl)) ? "_musl-" : "-") + (arm ? "aarch_64" : "x86_64");
  }
}
