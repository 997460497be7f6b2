package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Push;
import java.util.List;

/**
 * What is to be done about some requests.
 *
 * @param needs if not empty: what must be read before this can be decided; the rest is then void
 * @param entries to append as one record
 * @param consumed so many of the items are dealt with
 * @param unlogged answers that change nothing, true only if the view's tail is the newest record
 * @param duplicates requests that the log answered before
 * @param syncs tokens of syncs, by process
 */
record Decision(
    Needs needs,
    List<LogEntry> entries,
    int consumed,
    List<Addressed<Push.Answer>> unlogged,
    List<Addressed<Duplicate>> duplicates,
    List<Addressed<Long>> syncs) {
  /** Something for a process. */
  record Addressed<T>(String process, T what) {}

  /** A request of a session that took effect before. */
  record Duplicate(long sessionId, int epoch, long seq, long lastRecord) {}

  /** Whether something in it is only true if no record follows the view's tail. */
  boolean needsTail() {
    return entries.isEmpty() && !(unlogged.isEmpty() && syncs.isEmpty());
  }
}
