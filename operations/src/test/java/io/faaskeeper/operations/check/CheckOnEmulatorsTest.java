package io.faaskeeper.operations.check;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** In the tables and the bucket of AWS, on emulators. */
@Timeout(180)
final class CheckOnEmulatorsTest extends CheckContract {
  private static @Nullable Emulators emulators;

  private @Nullable WriterLoop writer;

  @BeforeAll
  static void start() throws IOException {
    emulators = Emulators.start();
  }

  @AfterAll
  static void stop() {
    if (emulators != null) {
      emulators.close();
    }
  }

  @Override
  String deploy(String name) {
    if (emulators == null) {
      throw new AssertionError("not started");
    }
    String config = emulators.deploy(name);
    writer = WriterLoop.start(config);
    return config;
  }

  @Override
  @AfterEach
  void close() throws Exception {
    super.close();
    if (writer != null) {
      writer.close();
    }
  }
}
