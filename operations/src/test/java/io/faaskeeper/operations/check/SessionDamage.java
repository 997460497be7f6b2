package io.faaskeeper.operations.check;

import static io.faaskeeper.operations.check.Planted.findsIn;
import static io.faaskeeper.operations.check.Planted.join;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.Watermarks;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Sessions, and the processes that hold them, are not as they were logged. */
interface SessionDamage {
  /** What the damage is done to. */
  Planted planted();

  @Test
  default void anEphemeralOfASessionThatIsClosed() throws Exception {
    planted().otherSessionWrites();
    SessionState session = planted().session();
    join(
        planted()
            .storage()
            .sessions()
            .apply(session.with(SessionState.Status.CLOSED, planted().zxid()), Deadline.NONE));
    planted().finds(Kind.EPHEMERAL, Kind.LEFT_INDEX_ENTRY);
  }

  @Test
  default void aSessionThatHasNoRow() {
    findsIn(rows(row -> Optional.empty()), Kind.SESSION, Kind.EPHEMERAL, Kind.LEFT_INDEX_ENTRY);
  }

  @Test
  default void aSessionThatIsNotAsItWasLogged() {
    findsIn(rows(row -> row.map(s -> s.answered(s.touched(), s.lastSeq() + 1, 1))), Kind.SESSION);
  }

  @Test
  default void aSessionWhoseCloseNobodyWouldGoOnWith() throws Exception {
    planted().otherSessionWrites();
    join(
        planted()
            .storage()
            .sessions()
            .apply(
                planted().session().with(SessionState.Status.EXPIRING, planted().zxid()),
                Deadline.NONE));
    planted().finds(Kind.OWNER_INDEX);
  }

  @Test
  default void aSessionWhoseProcessNobodyWatches() {
    findsIn(
        Tampered.processes(
            planted().storage(),
            processes ->
                Tampered.<ProcessRegistry, Optional<ProcessRow>>port(
                    ProcessRegistry.class, processes, "read", "", row -> Optional.empty())),
        Kind.PROCESS);
  }

  @Test
  default void aHeartbeatThatIsOff() {
    Watermarks watermarks = planted().storage().watermarks();
    join(watermarks.switchOff(join(watermarks.read())));
    planted().finds(Kind.HEARTBEAT);
  }

  /** Storage whose rows of sessions are read as others. */
  private DeploymentStorage rows(UnaryOperator<Optional<SessionState>> change) {
    return Tampered.sessions(
        planted().storage(),
        sessions -> Tampered.port(SessionStore.class, sessions, "read", "", change));
  }
}
