package io.faaskeeper.aws;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts pushes together whose parts come in any order, some of them twice or never. The memory of
 * unfinished ones is bounded: above the bound, the oldest are dropped. Thread-safe.
 */
final class PushAssembly {
  static final int MAX_HELD_BYTES = 4 * PushBodies.MAX_BYTES;

  /** By id, the first that came first. */
  private final Map<String, SortedMap<Integer, byte[]>> unfinished = new LinkedHashMap<>();

  private long heldBytes;

  /** The push, if this is all of it or the last part that was missing. */
  synchronized Optional<byte[]> add(PushBodies.Part part) {
    if (part.count() == 1) {
      return Optional.of(part.bytes());
    }
    SortedMap<Integer, byte[]> parts = unfinished.computeIfAbsent(part.id(), id -> new TreeMap<>());
    if (parts.putIfAbsent(part.index(), part.bytes()) == null) {
      heldBytes += part.bytes().length;
    }
    if (parts.size() < part.count()) {
      keepBound();
      return Optional.empty();
    }
    drop(part.id());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    return Optional.of(whole.toByteArray());
  }

  private void keepBound() {
    while (heldBytes > MAX_HELD_BYTES) {
      Iterator<String> oldest = unfinished.keySet().iterator();
      drop(oldest.next());
    }
  }

  private void drop(String id) {
    SortedMap<Integer, byte[]> parts = unfinished.remove(id);
    if (parts != null) {
      heldBytes -= parts.values().stream().mapToLong(bytes -> bytes.length).sum();
    }
  }
}
