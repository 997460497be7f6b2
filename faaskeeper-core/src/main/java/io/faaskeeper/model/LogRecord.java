package io.faaskeeper.model;

import java.util.List;

/**
 * A record of the transaction log: the outcomes of one batch of requests. Record numbers have no
 * gaps and never leave the service; zxids have no gaps either.
 *
 * @param number its number, from 1
 * @param attempt random, names the attempt to append it: a writer whose append was answered late
 *     recognises its own
 * @param entries in the order of their zxids, at least one
 */
public record LogRecord(long number, long attempt, List<LogEntry> entries) {
  public LogRecord {
    entries = List.copyOf(entries);
    if (number < 1 || entries.isEmpty()) {
      throw new IllegalArgumentException(
          "record " + number + " with " + entries.size() + " entries");
    }
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).zxid() != entries.get(0).zxid() + i) {
        throw new IllegalArgumentException("record " + number + " has a gap in its zxids");
      }
    }
  }

  public long firstZxid() {
    return entries.get(0).zxid();
  }

  public long lastZxid() {
    return entries.get(entries.size() - 1).zxid();
  }
}
