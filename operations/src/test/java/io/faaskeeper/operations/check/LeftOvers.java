package io.faaskeeper.operations.check;

import static io.faaskeeper.operations.check.Planted.join;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.service.OwnerChange;
import org.junit.jupiter.api.Test;

/** What does no harm is told apart from damage. */
interface LeftOvers {
  /** What the damage is done to. */
  Planted planted();

  /** As a copy of a distributor leaves it that came late. */
  @Test
  default void anItemOfAChildThatIsGone() {
    join(
        planted()
            .storage()
            .children()
            .apply(
                "/", "gone", new ChildItem.Version(planted().zxid(), true), null, Deadline.NONE));
    planted().finds(Kind.LEFT_CHILD_ITEM);
  }

  @Test
  default void aSubscriptionOfNobody() {
    join(planted().storage().nodes().subscribe("/a", new Subscription("nobody", 1), false));
    planted().finds(Kind.LEFT_SUBSCRIPTION);
  }

  @Test
  default void anIndexEntryOfNothing() {
    join(
        planted()
            .storage()
            .owners()
            .put(
                OwnerChange.ephemeralsOf(planted().zooKeeper().getSessionId()),
                OwnerChange.ephemeralEntry(1, "/nothing"),
                Deadline.NONE));
    planted().finds(Kind.LEFT_INDEX_ENTRY);
  }
}
