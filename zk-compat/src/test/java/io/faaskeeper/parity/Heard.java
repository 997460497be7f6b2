package io.faaskeeper.parity;

import org.apache.jute.Record;
import org.jspecify.annotations.Nullable;

/**
 * Something that came back.
 *
 * @param text what is compared
 * @param error of an answer, else 0
 * @param body of an answer that has one, else null
 */
record Heard(String text, int error, @Nullable Record body) {
  static Heard text(String text) {
    return new Heard(text, 0, null);
  }

  static final Heard END = text("end");
}
