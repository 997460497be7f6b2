package io.faaskeeper.functions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the stages did for one event. What the event had nothing to do with is null.
 *
 * @param appendConflicts appends that another writer's record came before
 * @param applyMillis from records at hand to the moved watermark, all groups together
 * @param watermarkLag records known to be in the log that the watermark has not passed
 * @param mailboxDepth items put for the process that got most
 * @param expiredSessions closed by somebody else than their client
 */
record StageCounts(
    @Nullable Long appendConflicts,
    @Nullable Double applyMillis,
    @Nullable Long watermarkLag,
    @Nullable Long mailboxDepth,
    @Nullable Long expiredSessions) {
  /** Those that are there, by the names of their metrics. */
  Map<String, Number> byName() {
    Map<String, Number> values = new LinkedHashMap<>();
    put(values, "AppendConflicts", appendConflicts);
    put(values, "ApplyTime", applyMillis);
    put(values, "WatermarkLag", watermarkLag);
    put(values, "MailboxDepth", mailboxDepth);
    put(values, "ExpiredSessions", expiredSessions);
    return values;
  }

  private static void put(Map<String, Number> values, String name, @Nullable Number value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
