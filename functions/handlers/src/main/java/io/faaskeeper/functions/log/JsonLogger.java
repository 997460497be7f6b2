package io.faaskeeper.functions.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/**
 * Writes each event as one line, in one write. Key-value pairs of an event (as {@code session} and
 * {@code zxid}) are members of their own.
 */
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;

  private final transient Output output;
  private final Level threshold;

  /**
   * Where lines go, and what all of them say.
   *
   * @param function its name
   */
  record Output(PrintStream stream, String function, InstantSource clock) {}

  JsonLogger(String name, Level threshold, Output output) {
    this.name = name;
    this.threshold = threshold;
    this.output = output;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    write(level, pattern, arguments, List.of(), error);
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        pairs == null ? List.of() : pairs,
        event.getThrowable());
  }

  private void write(
      Level level,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      List<KeyValuePair> pairs,
      @Nullable Throwable error) {
    Instant now = output.clock().instant();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", now.toString()).put("level", level.name());
    line.put("function", output.function()).put("request", CurrentRequest.id());
    line.put("logger", name);
    line.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
    for (KeyValuePair pair : pairs) {
      if (pair.value instanceof Long number) {
        line.put(pair.key, number);
      } else {
        line.put(pair.key, String.valueOf(pair.value));
      }
    }
    if (error != null) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      line.put("error", trace.toString());
    }
    output.stream().print(line + "\n");
    output.stream().flush();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }

  private boolean isEnabled(Level level) {
    return level.toInt() >= threshold.toInt();
  }
}
