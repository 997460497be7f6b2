package io.faaskeeper.port;

import io.faaskeeper.model.SessionState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One row per session. Reads are strongly consistent. Only the service reads or writes here. */
public interface SessionStore {
  CompletionStage<Optional<SessionState>> read(long sessionId);

  /**
   * Writes the row if the stored one was touched before {@code session.touched()}, or is not there.
   * The row of a closed session expires after a day.
   */
  CompletionStage<Void> apply(SessionState session, Deadline deadline);
}
