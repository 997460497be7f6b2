package io.faaskeeper.service;

import io.faaskeeper.model.Seal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the service is told about its deployment.
 *
 * @param deploymentSecret {@link Seal#SECRET_BYTES} bytes that only functions hold; not to be
 *     modified
 * @param tickMillis ZooKeeper's tick: session timeouts are negotiated between 2 and 20 of them
 * @param inline whether the writer runs the distributor's stage itself
 * @param answerFirst whether answers go out beside the watermark's move (it is a trip), or after it
 *     (it is free)
 * @param superDigest ZooKeeper's super user, {@code super:<digest>}, or null for none
 */
public record ServiceOptions(
    byte[] deploymentSecret,
    int tickMillis,
    boolean inline,
    boolean answerFirst,
    @Nullable String superDigest) {
  /**
   * A writer waits for another to apply the record before its own: the pauses between its looks at
   * the watermark. Each look is billed a read.
   */
  static final List<Duration> PREDECESSOR_PAUSES =
      Stream.of(5, 5, 10, 30).map(Duration::ofMillis).toList();

  public ServiceOptions {
    if (deploymentSecret.length != Seal.SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a deployment secret has "
              + Seal.SECRET_BYTES
              + " bytes, not "
              + deploymentSecret.length);
    }
    if (tickMillis < 1) {
      throw new IllegalArgumentException("a tick of " + tickMillis + " ms");
    }
  }

  /** The timeout a session gets, in milliseconds, when it asks for this one. */
  int negotiate(int timeoutMillis) {
    return Math.max(2 * tickMillis, Math.min(20 * tickMillis, timeoutMillis));
  }
}
