package io.faaskeeper.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watches of one session of one family (data or child), by path: at each path a set of modes.
 * Not thread-safe.
 */
final class WatchModes {
  static final int STANDARD = 1;
  static final int PERSISTENT = 2;
  static final int RECURSIVE = 4;
  static final int ANY = STANDARD | PERSISTENT | RECURSIVE;

  private final Map<String, Integer> modes = new HashMap<>();
  private int recursive;

  void add(String path, int mode) {
    set(path, at(path) | mode);
  }

  /** Removes these modes; tells whether there was one. */
  boolean remove(String path, int mask) {
    int before = at(path);
    set(path, before & ~mask);
    return (before & mask) != 0;
  }

  boolean has(String path, int mask) {
    return (at(path) & mask) != 0;
  }

  /** The paths at which there is a watch, at this moment. */
  List<String> paths() {
    return List.copyOf(modes.keySet());
  }

  int size() {
    return modes.size();
  }

  boolean isEmpty() {
    return modes.isEmpty();
  }

  /** Whether an event of this path fires a watch here; one-shot watches are gone by it. */
  boolean fire(String path) {
    int here = at(path);
    if (here != 0) {
      set(path, here & ~STANDARD);
      return true;
    }
    return recursive > 0 && hasRecursiveAbove(path);
  }

  private boolean hasRecursiveAbove(String path) {
    int slash = path.lastIndexOf('/');
    while (slash > 0) {
      if (has(path.substring(0, slash), RECURSIVE)) {
        return true;
      }
      slash = path.lastIndexOf('/', slash - 1);
    }
    return slash == 0 && has("/", RECURSIVE);
  }

  private int at(String path) {
    return modes.getOrDefault(path, 0);
  }

  private void set(String path, int mask) {
    Integer before = mask == 0 ? modes.remove(path) : modes.put(path, mask);
    recursive += (mask & RECURSIVE) / RECURSIVE;
    recursive -= before == null ? 0 : (before & RECURSIVE) / RECURSIVE;
  }
}
