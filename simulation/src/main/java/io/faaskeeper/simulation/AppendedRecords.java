package io.faaskeeper.simulation;

import io.faaskeeper.model.LogRecord;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Every record that was ever appended, also those whose slot of the ring has another one by now.
 * Not thread-safe.
 */
final class AppendedRecords {
  private final TreeMap<Long, LogRecord> records = new TreeMap<>();
  private final SessionLives lives;

  /**
   * @param lives told of each record
   */
  AppendedRecords(SessionLives lives) {
    this.lives = lives;
  }

  /** The log holds this record now; it may have been told of before. */
  void add(LogRecord record) {
    records.put(record.number(), record);
    lives.appended(record);
  }

  /** All of them, in the order of the log. */
  Collection<LogRecord> all() {
    return records.values();
  }
}
