package io.faaskeeper.service;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.ProcessRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How to reach and to believe each process. Names are never used twice and neither address nor
 * secret ever changes, so what is known stays true, but for the process being gone, which is
 * noticed after a while. Thread-safe.
 */
final class ProcessDirectory {
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MAX_KNOWN = 100_000;

  private final ProcessRegistry registry;
  private final Clock clock;
  private final Lru<String, Entry> known = new Lru<>(MAX_KNOWN);

  ProcessDirectory(ProcessRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** What must be known of a process to talk to it. */
  record Contact(String address, byte[] secret) {}

  private record Entry(CompletionStage<Optional<Contact>> contact, long nanoTime) {}

  /**
   * The contact of a process; empty if it is gone, or somebody else's secret stands under its name.
   */
  CompletionStage<Optional<Contact>> contact(String process) {
    synchronized (known) {
      Entry entry = known.get(process);
      if (entry != null && usable(entry)) {
        return entry.contact();
      }
      CompletionStage<Optional<Contact>> contact = read(process);
      known.put(process, new Entry(contact, clock.nanoTime()));
      return contact;
    }
  }

  /** Forgets a process that was removed. */
  void forget(String process) {
    synchronized (known) {
      known.remove(process);
    }
  }

  /** A failed read is not kept, nor an absence: the process may be about to register. */
  private boolean usable(Entry entry) {
    CompletableFuture<Optional<Contact>> contact = entry.contact().toCompletableFuture();
    if (!contact.isDone()) {
      return true;
    }
    return !contact.isCompletedExceptionally()
        && contact.join().isPresent()
        && clock.nanoTime() - entry.nanoTime() < FRESH_NANOS;
  }

  private CompletionStage<Optional<Contact>> read(String process) {
    return registry
        .read(process)
        .thenCombine(
            registry.channelSecret(process),
            (row, secret) -> {
              if (row.isEmpty() || secret.isEmpty()) {
                return Optional.empty();
              }
              if (!Seal.processName(secret.get()).equals(process)) {
                throw new MalformedDataException(
                    "the channel secret under " + process + " is not its own");
              }
              return Optional.of(new Contact(row.get().address(), secret.get()));
            });
  }
}
