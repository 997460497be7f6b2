package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.operation.Reads;
import io.faaskeeper.benchmarks.operation.Watches;
import io.faaskeeper.benchmarks.operation.Writes;
import java.util.regex.Pattern;

/** What is measured. */
enum Operation {
  GET_DATA(Kind.READ, Reads.class, "getData"),
  EXISTS(Kind.READ, Reads.class, "exists"),
  SET_DATA(Kind.WRITE, Writes.class, "setData"),
  CREATE(Kind.WRITE, Writes.class, "create"),
  DELETE(Kind.WRITE, Writes.class, "delete"),
  WATCH(Kind.WATCH, Watches.class, "watch");

  /** Which bar it has to clear, if any. */
  enum Kind {
    READ,
    WRITE,
    WATCH
  }

  private final Kind kind;
  private final Class<?> holder;
  private final String method;

  Operation(Kind kind, Class<?> holder, String method) {
    this.kind = kind;
    this.holder = holder;
    this.method = method;
  }

  Kind kind() {
    return kind;
  }

  /** For JMH: matches this benchmark and no other. */
  String pattern() {
    return "^" + Pattern.quote(holder.getName() + "." + method) + "$";
  }

  /** As the user says it. */
  @Override
  public String toString() {
    return method;
  }
}
