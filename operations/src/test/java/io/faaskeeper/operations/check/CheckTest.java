package io.faaskeeper.operations.check;

import org.junit.jupiter.api.Timeout;

/** In memory. */
@Timeout(60)
final class CheckTest extends CheckContract {
  @Override
  String deploy(String name) {
    return "{\"cloud-provider\": \"memory\", \"deployment-name\": \"%s\"}".formatted(name);
  }
}
