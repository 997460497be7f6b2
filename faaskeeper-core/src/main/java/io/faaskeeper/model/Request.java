package io.faaskeeper.model;

import java.util.List;

/** One item of a {@link RequestMessage} on the worker queue. */
public sealed interface Request {
  /**
   * An operation of a session.
   *
   * @param sessionId the session
   * @param epoch the owner epoch under which the process holds it: 0 with {@link
   *     Operation.CreateSession} and {@link Operation.AttachSession}, whose effect sets it
   * @param seq the number of this request in its epoch, from 1 without gaps; 0 with the two that
   *     set the epoch
   * @param credentials what the session's client said of itself so far
   * @param operation what to do
   */
  record OfSession(
      long sessionId, int epoch, long seq, List<Credential> credentials, Operation operation)
      implements Request {
    public OfSession {
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * Answered when the watermark has passed what was in the log when the writer got it. It is not
   * logged and changes nothing, so that it may be repeated at will; a process also sends it to make
   * some writer finish what another left.
   *
   * @param token chosen by the process, names the answer
   */
  record Sync(long token) implements Request {}

  /**
   * Somebody saw this process's lease counter stand still.
   *
   * @param process the suspected process
   * @param counter where its counter stood
   * @param stillMillis for how long, on the observer's own monotonic clock. A process that ends in
   *     order suspects itself with 0.
   */
  record Suspicion(String process, long counter, long stillMillis) implements Request {}

  /**
   * A listing found the item of a child whose node is gone, or is another by now: a late copy of
   * the distributor brought it back. Not answered; the writer looks for itself.
   *
   * @param path the child's
   * @param czxid since when the item says that the child is there
   */
  record Stray(String path, long czxid) implements Request {}

  /** Work of the service for itself; accepted only in a message of the service. */
  record Maintenance(Operation.DeleteContainer operation) implements Request {}
}
