package io.faaskeeper.operations.check;

import io.faaskeeper.service.OwnerChange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The TTL nodes that the owner index has. It orders them by the time they are due, which the node
 * does not tell, so that all are read first: a path each is kept. Thread-safe.
 */
final class TtlEntries {
  private final Stored stored;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  TtlEntries(Stored stored) {
    this.stored = stored;
    read();
  }

  private void read() {
    stored.entries(
        OwnerChange.TTL,
        "",
        entry -> {
          known.add(key(OwnerChange.czxid(entry), OwnerChange.path(entry)));
          return true;
        });
  }

  /** Whether there is one of this incarnation; one entered since is looked for. */
  boolean has(long czxid, String path) {
    String key = key(czxid, path);
    if (!known.contains(key)) {
      read();
    }
    return known.contains(key);
  }

  private static String key(long czxid, String path) {
    return czxid + path;
  }
}
