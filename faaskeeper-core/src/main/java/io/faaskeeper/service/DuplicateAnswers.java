package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.TransactionLog.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answers of requests that took effect before: in the log, along each session's chain of
 * records.
 */
final class DuplicateAnswers {
  private final TransactionLog log;
  private final Answers answers;

  DuplicateAnswers(TransactionLog log, Answers answers) {
    this.log = log;
    this.answers = answers;
  }

  /** Adds to the replies the answer of each of their duplicates. */
  CompletionStage<Void> resolve(Replies replies) {
    List<CompletionStage<Void>> searches = new ArrayList<>();
    for (Decision.Addressed<Decision.Duplicate> duplicate : replies.duplicates()) {
      searches.add(search(duplicate, replies));
    }
    return Async.all(searches);
  }

  private CompletionStage<Void> search(
      Decision.Addressed<Decision.Duplicate> addressed, Replies replies) {
    Decision.Duplicate wanted = addressed.what();
    long[] record = {wanted.lastRecord()};
    return Async.whileTrue(
        () ->
            log.read(record[0])
                .thenApply(
                    slot -> {
                      Found found =
                          slot instanceof Slot.Found there
                              ? find(there.record(), wanted)
                              : Found.LOST;
                      if (found.previousRecord() > 0) {
                        record[0] = found.previousRecord();
                        return true;
                      }
                      synchronized (replies) {
                        if (found.answer() != null) {
                          replies.answer(addressed.process(), found.answer());
                        } else if (found.lost()) {
                          replies.answer(addressed.process(), lost(wanted));
                        }
                      }
                      return false;
                    }));
  }

  /**
   * What a record says of a duplicate.
   *
   * @param answer its answer, or null
   * @param previousRecord where to look next, or 0
   * @param lost whether the log does not hold it any more
   */
  private record Found(Push.@Nullable Answer answer, long previousRecord, boolean lost) {
    static final Found LOST = new Found(null, 0, true);

    /** A close that is not complete: its last record answers it. */
    static final Found NOT_YET = new Found(null, 0, false);
  }

  private Found find(LogRecord record, Decision.Duplicate wanted) {
    for (LogEntry entry : record.entries()) {
      SessionState session = entry.session();
      if (session == null
          || session.id() != wanted.sessionId()
          || session.epoch() != wanted.epoch()) {
        continue;
      }
      if (entry.seq() == wanted.seq()) {
        return entry.answer() ? new Found(answers.of(entry, session), 0, false) : Found.NOT_YET;
      }
      if (entry.seq() > wanted.seq()) {
        return entry.previousRecord() > 0
            ? new Found(null, entry.previousRecord(), false)
            : Found.LOST;
      }
    }
    return Found.LOST;
  }

  private static Push.Answer lost(Decision.Duplicate wanted) {
    return new Push.Answer(
        0,
        wanted.sessionId(),
        wanted.epoch(),
        wanted.seq(),
        0,
        Result.Refused.ANSWER_LOST,
        new byte[0]);
  }
}
