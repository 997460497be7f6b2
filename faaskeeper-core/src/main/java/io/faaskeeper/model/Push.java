package io.faaskeeper.model;

import java.util.List;
import java.util.SortedMap;

/**
 * What the distributor sends to a process over the client channel, sealed with the process's
 * channel secret. It may be lost, late or doubled.
 *
 * @param process the receiver
 * @param generation the generation of the recursive watches under which the events were computed
 * @param completeFrom {@code events} holds all events of the process with zxids in (completeFrom,
 *     upTo], or {@link #NEVER}
 * @param upTo everything up to this zxid is in user storage and its events are in the mailboxes
 * @param events by zxid
 * @param answers to requests of the process's sessions
 * @param syncs answered {@link Request.Sync}s
 */
public record Push(
    String process,
    long generation,
    long completeFrom,
    long upTo,
    SortedMap<Long, List<MailboxEvent>> events,
    List<Answer> answers,
    List<SyncAnswer> syncs) {
  /** A {@code completeFrom} that claims nothing. */
  public static final long NEVER = Long.MAX_VALUE;

  public Push {
    answers = List.copyOf(answers);
    syncs = List.copyOf(syncs);
  }

  /**
   * The answer to one request.
   *
   * @param zxid of the request; 0 if it was refused
   * @param seq its sequence number; 0 for a creation or an attach, which {@code token} names
   * @param token of an attach, else 0
   * @param password of the session, if the result is {@link Result.SessionOpened}; else empty
   */
  public record Answer(
      long zxid, long sessionId, int epoch, long seq, long token, Result result, byte[] password) {}

  /**
   * The answer to a {@link Request.Sync}.
   *
   * @param zxid the last one in the log when the writer looked
   */
  public record SyncAnswer(long token, long zxid) {}
}
