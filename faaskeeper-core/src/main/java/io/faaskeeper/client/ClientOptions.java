package io.faaskeeper.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client process is told about its deployment, and its waits. All values are positive.
 *
 * @param tickMillis ZooKeeper's tick, the same as the service's
 * @param minTimeoutTicks the shortest session timeout, in ticks
 * @param maxTimeoutTicks the longest session timeout, in ticks
 * @param resendDelaysMillis how long a request waits for its answer before it is sent again, the
 *     first time, the second, and so on. When the last delay has passed twice, the connection of
 *     the request is ended.
 * @param watermarkPollFirstMillis the wait between the first two looks at the watermark; it doubles
 *     with each
 * @param watermarkPollMaxMillis the longest wait between two looks
 * @param watermarkStallMillis how long a read waits for the watermark before it makes some writer
 *     finish what another left
 * @param superDigest ZooKeeper's super user, who may read everything: his name and the digest of
 *     name and password, as in the service's; null for none
 */
public record ClientOptions(
    int tickMillis,
    int minTimeoutTicks,
    int maxTimeoutTicks,
    List<Integer> resendDelaysMillis,
    int watermarkPollFirstMillis,
    int watermarkPollMaxMillis,
    int watermarkStallMillis,
    @Nullable String superDigest) {
  /** A tick of two seconds, and timeouts between 2 and 20 ticks, as in ZooKeeper. */
  public static final ClientOptions DEFAULTS =
      new ClientOptions(2_000, 2, 20, List.of(2_000, 4_000, 8_000), 2, 50, 200, null);

  public ClientOptions {
    resendDelaysMillis = List.copyOf(resendDelaysMillis);
    positive("tickMillis", tickMillis);
    positive("minTimeoutTicks", minTimeoutTicks);
    if (maxTimeoutTicks < minTimeoutTicks) {
      throw new IllegalArgumentException(
          "timeouts from " + minTimeoutTicks + " to " + maxTimeoutTicks + " ticks");
    }
    if (resendDelaysMillis.isEmpty()) {
      throw new IllegalArgumentException("no resendDelaysMillis");
    }
    resendDelaysMillis.forEach(delay -> positive("resendDelaysMillis", delay));
    positive("watermarkPollFirstMillis", watermarkPollFirstMillis);
    if (watermarkPollMaxMillis < watermarkPollFirstMillis) {
      throw new IllegalArgumentException("watermarkPollMaxMillis " + watermarkPollMaxMillis);
    }
    positive("watermarkStallMillis", watermarkStallMillis);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " " + value);
    }
  }

  /** These options with another tick. */
  public ClientOptions withTickMillis(int millis) {
    return new ClientOptions(
        millis,
        minTimeoutTicks,
        maxTimeoutTicks,
        resendDelaysMillis,
        watermarkPollFirstMillis,
        watermarkPollMaxMillis,
        watermarkStallMillis,
        superDigest);
  }

  /** These options with a super user, or without if it is null. */
  public ClientOptions withSuperDigest(@Nullable String digest) {
    return new ClientOptions(
        tickMillis,
        minTimeoutTicks,
        maxTimeoutTicks,
        resendDelaysMillis,
        watermarkPollFirstMillis,
        watermarkPollMaxMillis,
        watermarkStallMillis,
        digest);
  }

  /** The timeout that a session gets when it asks for this one. */
  int negotiate(int timeoutMillis) {
    return Math.max(minTimeoutTicks * tickMillis, Math.min(maxTimeoutMillis(), timeoutMillis));
  }

  int maxTimeoutMillis() {
    return maxTimeoutTicks * tickMillis;
  }

  /** How long a request waits for an answer after it was sent for the {@code attempt}th time. */
  int resendDelayMillis(int attempt) {
    return resendDelaysMillis.get(Math.min(attempt, resendDelaysMillis.size() - 1));
  }

  /** How long a request may stay without an answer in all. */
  long patienceMillis() {
    long sum = resendDelayMillis(resendDelaysMillis.size());
    for (int delay : resendDelaysMillis) {
      sum += delay;
    }
    return sum;
  }
}
