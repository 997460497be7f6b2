package io.faaskeeper.operations.check;

import static io.faaskeeper.operations.check.Planted.join;
import static io.faaskeeper.operations.check.Planted.meta;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.service.OwnerChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What belongs to an owner is not found by it. */
interface IndexDamage {
  /** What the damage is done to. */
  Planted planted();

  @Test
  default void anEphemeralThatItsOwnerDoesNotKnow() {
    planted()
        .removeEntry(
            OwnerChange.ephemeralsOf(planted().zooKeeper().getSessionId()),
            OwnerChange.ephemeralEntry(planted().czxid("/e"), "/e"));
    planted().finds(Kind.OWNER_INDEX);
  }

  @Test
  default void aTtlNodeThatNobodyWouldRemove() {
    List<String> entries = join(planted().storage().owners().list(OwnerChange.TTL, "", 2));
    assertEquals(1, entries.size());
    planted().removeEntry(OwnerChange.TTL, entries.get(0));
    planted().finds(Kind.OWNER_INDEX);
  }

  @Test
  default void aContainerThatNobodyWouldRemove() {
    NodeStat stat = meta(planted().node("/c")).stat();
    planted()
        .removeEntry(
            OwnerChange.CONTAINERS, OwnerChange.containerEntry(stat.pzxid(), stat.czxid(), "/c"));
    planted().finds(Kind.OWNER_INDEX);
  }

  @Test
  default void aSessionThatItsProcessDoesNotHold() {
    SessionState session = planted().session();
    planted()
        .removeEntry(
            OwnerChange.sessionsOf(session.process()),
            OwnerChange.heldEntry(session.id(), session.epoch()));
    planted().finds(Kind.OWNER_INDEX);
  }
}
