package io.faaskeeper.port;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * What a class logs from now on at a level, or above it, instead of on the console: a test's proof
 * that a fault leaves a line that somebody can understand. Thread-safe.
 */
public final class LogLines implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private LogLines(Class<?> of, Level level) {
    logger = (Logger) LoggerFactory.getLogger(of);
    before = logger.getLevel();
    logger.setLevel(level);
    logger.setAdditive(false);
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
  }

  /** Warnings and errors. */
  public static LogLines warnings(Class<?> of) {
    return new LogLines(of, Level.WARN);
  }

  /** Also what is said of the normal course of things. */
  public static LogLines infos(Class<?> of) {
    return new LogLines(of, Level.INFO);
  }

  /** The messages so far. */
  public List<String> lines() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(before);
  }
}
