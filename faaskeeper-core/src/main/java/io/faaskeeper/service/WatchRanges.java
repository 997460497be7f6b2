package io.faaskeeper.service;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.port.WatchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cuts the events of a large group into what one invocation of the watch function takes: pure. */
final class WatchRanges {
  /** Mailbox items of one invocation; a group with fewer needs none. */
  static final int MAX_ITEMS = 500;

  /** Well below what Lambda takes as an event. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int BYTES_PER_EVENT = 100;
  private static final int BYTES_PER_ACL_ENTRY = 300;

  private final List<List<WatchFunction.Delivery>> ranges = new ArrayList<>();
  private List<WatchFunction.Delivery> range = new ArrayList<>();
  private int items;
  private long bytes;

  private WatchRanges() {}

  static List<List<WatchFunction.Delivery>> of(
      Map<String, SortedMap<Long, List<MailboxEvent>>> byProcess) {
    WatchRanges cut = new WatchRanges();
    byProcess.forEach(cut::add);
    cut.flush();
    return cut.ranges;
  }

  private void add(String process, SortedMap<Long, List<MailboxEvent>> events) {
    SortedMap<Long, List<MailboxEvent>> part = new TreeMap<>();
    for (Map.Entry<Long, List<MailboxEvent>> item : events.entrySet()) {
      part.put(item.getKey(), item.getValue());
      items++;
      item.getValue().forEach(event -> bytes += size(event));
      if (items >= MAX_ITEMS || bytes >= MAX_BYTES) {
        range.add(new WatchFunction.Delivery(process, part));
        part = new TreeMap<>();
        flush();
      }
    }
    if (!part.isEmpty()) {
      range.add(new WatchFunction.Delivery(process, part));
    }
  }

  private static long size(MailboxEvent event) {
    int entries = event.acl() == null ? 0 : event.acl().size();
    return BYTES_PER_EVENT + 3L * event.path().length() + (long) BYTES_PER_ACL_ENTRY * entries;
  }

  private void flush() {
    if (!range.isEmpty()) {
      ranges.add(List.copyOf(range));
    }
    range = new ArrayList<>();
    items = 0;
    bytes = 0;
  }
}
