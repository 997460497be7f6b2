package io.faaskeeper.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of something: that it is so, or that it is not there. Where nothing is known there
 * is no {@code Known}.
 *
 * @param value how it is; null if it is not there
 */
record Known<T>(@Nullable T value) {
  static <T> Known<T> absent() {
    return new Known<>(null);
  }

  static <T> Known<T> of(Optional<T> value) {
    return value.map(Known::new).orElseGet(Known::absent);
  }

  boolean isPresent() {
    return value != null;
  }

  /** How it is; to be asked only if it is present. */
  T get() {
    T present = value;
    if (present == null) {
      throw new IllegalStateException("not there");
    }
    return present;
  }
}
