package io.faaskeeper.memory;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * One sorted map from (process, zxid) to the events, sorted and each once. An item is forgotten
 * when nothing was added to it for the time of the {@link Retention}, or with its process.
 */
final class MemoryMailbox implements Mailbox {
  private final Changes changes;
  private final Retention retention;
  private final ConcurrentSkipListMap<Key, List<MailboxEvent>> items =
      new ConcurrentSkipListMap<>(Comparator.comparing(Key::process).thenComparingLong(Key::zxid));

  MemoryMailbox(Changes changes, Retention retention) {
    this.changes = changes;
    this.retention = retention;
  }

  @Override
  public CompletionStage<Void> add(
      String process, long zxid, Collection<MailboxEvent> events, Deadline deadline) {
    Key key = new Key(process, zxid);
    return changes.run(
        deadline,
        () -> {
          List<MailboxEvent> all = items.merge(key, union(List.of(), events), MemoryMailbox::union);
          retention.later(() -> items.remove(key, all));
        });
  }

  private static List<MailboxEvent> union(
      Collection<MailboxEvent> some, Collection<MailboxEvent> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().sorted().toList();
  }

  @Override
  public CompletionStage<SortedMap<Long, List<MailboxEvent>>> read(
      String process, long after, long upTo) {
    SortedMap<Long, List<MailboxEvent>> found = new TreeMap<>();
    if (after < upTo) {
      range(process, after, upTo).forEach((key, events) -> found.put(key.zxid, events));
    }
    return CompletableFuture.completedFuture(found);
  }

  /** A process that is gone reads no more, and nobody takes its name again. */
  void forget(String process) {
    range(process, 0, Long.MAX_VALUE).clear();
  }

  private NavigableMap<Key, List<MailboxEvent>> range(String process, long after, long upTo) {
    return items.subMap(new Key(process, after), false, new Key(process, upTo), true);
  }

  private record Key(String process, long zxid) {}
}
