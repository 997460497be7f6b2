package io.faaskeeper.operations.check;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ring from the watermark back, and keeps how it left each node and session: of a node
 * without its data, so that what is kept is bounded by the changes in the ring. Used by one thread.
 */
final class LogCheck {
  private final Stored stored;
  private final Map<String, LoggedNode> nodes = new HashMap<>();
  private final Map<Long, SessionState> sessions = new HashMap<>();
  private long records;
  private long unapplied;

  LogCheck(Stored stored) {
    this.stored = stored;
  }

  /** How the log left nodes. */
  Map<String, LoggedNode> nodes() {
    return nodes;
  }

  /** How the log left sessions. */
  Map<Long, SessionState> sessions() {
    return sessions;
  }

  /** How many records there are up to the watermark, and beyond it. */
  String summary() {
    return "%,d records, %,d of them not applied yet".formatted(records + unapplied, unapplied);
  }

  /** Reads all; {@code progress} is told after each record. */
  void read(Judge judge, Runnable progress) {
    Watermark watermark = stored.watermark();
    @Nullable LogRecord next = null;
    long oldest = Math.max(1, watermark.record() - stored.slots() + 1);
    for (long n = watermark.record(); n >= oldest; n--) {
      LogRecord record = read(n, watermark, next, judge);
      if (record != null) {
        records++;
        take(record);
      }
      next = record;
      progress.run();
    }
    while (stored.record(watermark.record() + unapplied + 1) instanceof Slot.Found) {
      unapplied++;
    }
  }

  private @Nullable LogRecord read(
      long number, Watermark watermark, @Nullable LogRecord next, Judge judge) {
    judge.judge(() -> look(number, watermark, next));
    return stored.record(number) instanceof Slot.Found found ? found.record() : null;
  }

  private Look look(long number, Watermark watermark, @Nullable LogRecord next) {
    String name = "record " + number;
    List<Finding> found = new ArrayList<>();
    Slot slot = stored.record(number);
    if (slot instanceof Slot.Empty) {
      found.add(
          new Finding(
              number == watermark.record() ? Kind.WATERMARK : Kind.LOG,
              name,
              "is not there, and the watermark is at " + watermark.record()));
    } else if (slot instanceof Slot.Found here) {
      LogRecord record = here.record();
      if (number == watermark.record() && record.lastZxid() != watermark.zxid()) {
        found.add(
            new Finding(
                Kind.WATERMARK,
                name,
                "ends at " + record.lastZxid() + ", the watermark at " + watermark.zxid()));
      }
      if (next != null && next.firstZxid() != record.lastZxid() + 1) {
        found.add(
            new Finding(
                Kind.LOG,
                name,
                "ends at " + record.lastZxid() + ", the next begins at " + next.firstZxid()));
      }
    }
    return Look.of(found);
  }

  private void take(LogRecord record) {
    for (int i = record.entries().size() - 1; i >= 0; i--) {
      LogEntry entry = record.entries().get(i);
      SessionState session = entry.session();
      if (session != null) {
        sessions.putIfAbsent(session.id(), session);
      }
      for (int j = entry.nodes().size() - 1; j >= 0; j--) {
        NodeChange change = entry.nodes().get(j);
        nodes.merge(change.path(), LoggedNode.of(entry.zxid(), change), LoggedNode::after);
      }
    }
  }
}
