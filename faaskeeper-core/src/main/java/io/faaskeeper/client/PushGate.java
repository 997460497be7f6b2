package io.faaskeeper.client;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what arrives at the process's channel, where strangers can send too: what is not sealed for
 * this process is dropped, with a line in the log once a minute at most. Thread-safe.
 */
final class PushGate {
  private static final Logger LOG = LoggerFactory.getLogger(PushGate.class);
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final Clock clock;
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong loggedNanos;

  PushGate(Clock clock) {
    this.clock = clock;
    this.loggedNanos = new AtomicLong(clock.nanoTime() - QUIET_NANOS);
  }

  Optional<Push> open(ProcessIdentity identity, byte[] sealed) {
    try {
      Push push = Codec.decodePush(Seal.open(identity.secret(), Seal.Direction.TO_CLIENT, sealed));
      if (push.process().equals(identity.name())) {
        return Optional.of(push);
      }
      drop("it is for process " + push.process());
    } catch (MalformedDataException e) {
      drop(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private void drop(String reason) {
    long count = dropped.incrementAndGet();
    long now = clock.nanoTime();
    long last = loggedNanos.get();
    if (now - last >= QUIET_NANOS && loggedNanos.compareAndSet(last, now)) {
      LOG.warn("dropped a message at the client channel ({} so far): {}", count, reason);
    }
  }
}
