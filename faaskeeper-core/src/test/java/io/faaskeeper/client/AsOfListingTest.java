package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.StoredNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsOfListingTest {
  private final AsOfListing listing = new AsOfListing(10);

  private static ChildItem.Version version(long zxid, boolean alive) {
    return new ChildItem.Version(zxid, alive);
  }

  private static NodeStat created(long czxid, int children) {
    return new NodeStat(czxid, czxid, 0, 0, 0, 0, 0, 0, 0, children, czxid);
  }

  private static StoredNode node(long touched, long czxid) {
    return new StoredNode(
        touched, Optional.of(new NodeMeta(created(czxid, 0), Acl.OPEN, 0)), new byte[0], Set.of());
  }

  private static NodeMeta parent(long sum, int children) {
    return new NodeMeta(created(1, children), Acl.OPEN, sum);
  }

  @Test
  void eachChildTellsByTheVersionThatTheViewSaw() {
    listing.add(new ChildItem("alive", version(10, true), version(5, false)));
    listing.add(new ChildItem("gone", version(9, false), version(5, true)));
    listing.add(new ChildItem("goneLater", version(11, false), version(10, true)));
    listing.add(new ChildItem("backLater", version(11, true), version(10, false)));
    listing.add(new ChildItem("new", version(11, true), null));
    assertEquals(Set.of("alive", "goneLater"), Set.copyOf(listing.names()));
    assertEquals(0, listing.behind());
    long sum = NodeMeta.childHash("alive", 10) + NodeMeta.childHash("goneLater", 10);
    assertTrue(listing.matches(parent(sum, 2)));
    assertFalse(listing.matches(parent(sum + 1, 2)));
  }

  @Test
  void aChildWithTwoLaterVersionsNeedsALaterView() {
    listing.add(new ChildItem("a", version(20, true), version(12, false)));
    listing.add(new ChildItem("b", version(18, true), version(12, false)));
    assertEquals(20, listing.behind());
  }

  @Test
  void aNodeSetsItsChildRight() {
    listing.add(new ChildItem("ghost", version(3, true), null));
    listing.add(new ChildItem("stale", version(3, true), null));
    listing.add(new ChildItem("good", version(3, true), null));
    listing.add(new ChildItem("touchedLater", version(3, true), null));
    listing.correct("ghost", StoredNode.gone(6, Set.of()));
    listing.correct("stale", node(8, 7));
    listing.correct("good", node(9, 3));
    listing.correct("touchedLater", node(15, 3));
    assertEquals(Set.of("stale", "good", "touchedLater"), Set.copyOf(listing.names()));
    long sum =
        NodeMeta.childHash("stale", 7)
            + NodeMeta.childHash("good", 3)
            + NodeMeta.childHash("touchedLater", 3);
    assertTrue(listing.matches(parent(sum, 3)));
    assertEquals(0, listing.behind());
  }

  @Test
  void aNodeThatIsAnotherSinceTellsNothing() {
    listing.add(new ChildItem("deletedLater", version(3, true), null));
    listing.add(new ChildItem("bornLater", version(3, true), null));
    listing.correct("deletedLater", StoredNode.gone(15, Set.of()));
    assertEquals(15, listing.behind());
    listing.correct("bornLater", node(17, 16));
    assertEquals(17, listing.behind());
    assertEquals(List.of("bornLater", "deletedLater"), listing.names().stream().sorted().toList());
  }
}
