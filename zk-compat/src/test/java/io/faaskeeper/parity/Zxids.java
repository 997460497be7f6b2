package io.faaskeeper.parity;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names for the zxids of one server that mean the same on every server that did the same. Not
 * everything takes a zxid everywhere: errors do here and there, an attach only in FaaSKeeper. But a
 * successful write has one of its own on each, and so it gives its number to that zxid; all others
 * are told by the last such zxid before them.
 */
final class Zxids implements Call.Knowledge {
  private final TreeMap<Long, Long> names = new TreeMap<>(Map.of(0L, 0L));
  private final Map<Long, Integer> unnamed = new TreeMap<>();
  private final Map<Integer, Long> writes = new TreeMap<>(Map.of(0, 0L));
  private final Set<Long> answered = new HashSet<>();
  private final Set<Long> closes = new HashSet<>();
  private long greatest;

  /** A write was answered: no write before it has a zxid as great. */
  void written(long zxid) {
    if (zxid <= greatest) {
      throw new AssertionError("zxid " + zxid + " of a write comes after " + greatest);
    }
    greatest = zxid;
    int number = writes.size();
    writes.put(number, zxid);
    answered.add(zxid);
    names.putIfAbsent(zxid, number * 1_000L);
  }

  /** How many writes were answered. */
  int writes() {
    return writes.size() - 1;
  }

  /**
   * Whether a server raised the events of this zxid in the order of a hash table, which is how it
   * finds the ephemerals of a session that ends.
   */
  boolean isUnordered(long zxid) {
    return closes.contains(zxid);
  }

  void unordered(long zxid) {
    closes.add(zxid);
  }

  @Override
  public long zxid(int write) {
    Long zxid = writes.get(write);
    return zxid == null ? 0 : zxid;
  }

  /** Whether this is the zxid of a write that was answered. */
  boolean isWrite(long zxid) {
    return answered.contains(zxid);
  }

  /**
   * The name of a zxid above 0 that stands for a change. If no answer has told of it yet (a session
   * that timed out, an event of the write that will be answered next), it is the next after the
   * last that was told.
   */
  long name(long zxid) {
    Long name = names.get(zxid);
    if (name == null) {
      long before = names.floorEntry(zxid).getValue();
      name = before + unnamed.merge(before, 1, Integer::sum);
      names.put(zxid, name);
    }
    return name;
  }

  /** The name of the last change that somebody who is at this zxid has seen. */
  long seen(long zxid) {
    return zxid <= 0 ? zxid : names.floorEntry(zxid).getValue();
  }
}
