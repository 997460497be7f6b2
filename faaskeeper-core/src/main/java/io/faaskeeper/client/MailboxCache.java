package io.faaskeeper.client;

import io.faaskeeper.model.MailboxEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a process knows of its mailbox: all events with zxids in ({@link #floor}, {@link #known}],
 * and perhaps some later ones. Not thread-safe.
 */
final class MailboxCache {
  private final NavigableMap<Long, SortedSet<MailboxEvent>> events = new TreeMap<>();
  private long floor;
  private long known;
  private int size;

  /** Knows everything up to this zxid, and remembers nothing of it. */
  void restart(long zxid) {
    forget(zxid);
    floor = zxid;
    known = Math.max(known, zxid);
  }

  long floor() {
    return floor;
  }

  long known() {
    return known;
  }

  int size() {
    return size;
  }

  /**
   * Adds events of one zxid. Up to {@link #known} there is nothing to add: what a late copy of the
   * distributor puts there concerns subscriptions made after the change was in user storage.
   *
   * @return those that were not here yet
   */
  List<MailboxEvent> add(long zxid, Collection<MailboxEvent> more) {
    List<MailboxEvent> added = new ArrayList<>();
    if (zxid > known) {
      SortedSet<MailboxEvent> here = events.computeIfAbsent(zxid, z -> new TreeSet<>());
      for (MailboxEvent event : more) {
        if (here.add(event)) {
          added.add(event);
        }
      }
      size += added.size();
    }
    return added;
  }

  /** All events up to this zxid were added. */
  void extend(long to) {
    known = Math.max(known, to);
  }

  /** The events with zxids in ({@code after}, {@code upTo}]. */
  SortedMap<Long, SortedSet<MailboxEvent>> between(long after, long upTo) {
    return events.subMap(after, false, upTo, true);
  }

  /** Nobody asks for events up to this zxid any more. */
  void forget(long upTo) {
    SortedMap<Long, SortedSet<MailboxEvent>> old = events.headMap(upTo, true);
    old.values().forEach(set -> size -= set.size());
    old.clear();
    floor = Math.max(floor, Math.min(upTo, known));
  }
}
