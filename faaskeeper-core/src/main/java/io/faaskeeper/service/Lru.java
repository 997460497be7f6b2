package io.faaskeeper.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for longest, above a number of entries. Not thread-safe. */
final class Lru<K, V> extends LinkedHashMap<K, V> {
  private final int maxEntries;

  Lru(int maxEntries) {
    super(16, 0.75f, true);
    this.maxEntries = maxEntries;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > maxEntries;
  }
}
