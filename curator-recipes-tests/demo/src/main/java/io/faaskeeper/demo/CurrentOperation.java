package io.faaskeeper.demo;

import java.util.Optional;
import java.util.function.Supplier;

/** Which operation a thread is beginning. */
final class CurrentOperation {
  private static final ThreadLocal<Optional<String>> OF_THREAD =
      ThreadLocal.withInitial(Optional::empty);

  private CurrentOperation() {}

  static Optional<String> get() {
    return OF_THREAD.get();
  }

  static <T> T during(String operation, Supplier<T> work) {
    Optional<String> before = OF_THREAD.get();
    OF_THREAD.set(Optional.of(operation));
    try {
      return work.get();
    } finally {
      OF_THREAD.set(before);
    }
  }
}
