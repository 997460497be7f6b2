package io.faaskeeper.functions.log;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The logging of a function. The service logs from {@code INFO} on, or if the variable {@link
 * #LEVEL} says so, another level; everything else from {@code WARN} on.
 */
public final class JsonLogging implements SLF4JServiceProvider, ILoggerFactory {
  /** The variable with the level of the service's own loggers. */
  static final String LEVEL = "FAASKEEPER_LOG_LEVEL";

  private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();
  private final JsonLogger.Output output;
  private final Level level;

  /** As the environment of this process says; called by SLF4J. */
  public JsonLogging() {
    this(System.getenv());
  }

  JsonLogging(Map<String, String> environment) {
    this.output =
        new JsonLogger.Output(
            System.out,
            environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", ""),
            InstantSource.system());
    this.level = Level.valueOf(environment.getOrDefault(LEVEL, "INFO"));
  }

  @Override
  public Logger getLogger(String name) {
    return loggers.computeIfAbsent(name, n -> new JsonLogger(n, threshold(n), output));
  }

  Level threshold(String logger) {
    return logger.startsWith("io.faaskeeper.") ? level : Level.WARN;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
