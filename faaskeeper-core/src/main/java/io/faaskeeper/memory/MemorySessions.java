package io.faaskeeper.memory;

import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.SessionStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A map of rows; those of closed sessions are forgotten after the time of the {@link Retention}.
 */
final class MemorySessions implements SessionStore {
  private final Changes changes;
  private final Retention retention;
  private final ConcurrentHashMap<Long, SessionState> rows = new ConcurrentHashMap<>();

  MemorySessions(Changes changes, Retention retention) {
    this.changes = changes;
    this.retention = retention;
  }

  @Override
  public CompletionStage<Optional<SessionState>> read(long sessionId) {
    return CompletableFuture.completedFuture(Optional.ofNullable(rows.get(sessionId)));
  }

  @Override
  public CompletionStage<Void> apply(SessionState session, Deadline deadline) {
    return changes.run(
        deadline,
        () -> {
          rows.merge(session.id(), session, (old, x) -> old.touched() < x.touched() ? x : old);
          if (session.status() == SessionState.Status.CLOSED) {
            retention.later(() -> rows.remove(session.id(), session));
          }
        });
  }
}
