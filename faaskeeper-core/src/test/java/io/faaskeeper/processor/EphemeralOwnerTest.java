package io.faaskeeper.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.NodeStat;
import org.apache.zookeeper.server.EphemeralType;
import org.junit.jupiter.api.Test;

final class EphemeralOwnerTest {
  private static final long TTL = EphemeralType.TTL.toEphemeralOwner(500);

  @Test
  void tellsTheKinds() {
    assertEquals(EphemeralType.VOID, EphemeralOwner.typeOf(0));
    assertEquals(EphemeralType.CONTAINER, EphemeralOwner.typeOf(Long.MIN_VALUE));
    assertEquals(EphemeralType.TTL, EphemeralOwner.typeOf(TTL));
    assertEquals(EphemeralType.NORMAL, EphemeralOwner.typeOf(0xfe00000000000001L));
    assertEquals(EphemeralType.NORMAL, EphemeralOwner.typeOf(1));
  }

  @Test
  void aSessionIdMeansNothingElse() {
    assertTrue(EphemeralOwner.isSessionId(1));
    assertFalse(EphemeralOwner.isSessionId(0));
    assertFalse(EphemeralOwner.isSessionId(Long.MIN_VALUE));
    assertFalse(EphemeralOwner.isSessionId(-1));
  }

  @Test
  void clientsSeeSessionsOnly() {
    assertEquals(stat(5, 0, 0), EphemeralOwner.visible(stat(5, 0, 0)));
    assertEquals(stat(0, 2, 1), EphemeralOwner.visible(stat(TTL, 2, 1)));
    assertEquals(stat(0, 2, 1), EphemeralOwner.visible(stat(Long.MIN_VALUE, 2, 1)));
  }

  @Test
  void isDueWhenUsedUp() {
    assertFalse(EphemeralOwner.isDue(stat(Long.MIN_VALUE, 0, 0), 0));
    assertTrue(EphemeralOwner.isDue(stat(Long.MIN_VALUE, 2, 0), 0));
    assertFalse(EphemeralOwner.isDue(stat(Long.MIN_VALUE, 3, 1), 0));
    assertFalse(EphemeralOwner.isDue(stat(TTL, 0, 0), 1_500));
    assertTrue(EphemeralOwner.isDue(stat(TTL, 0, 0), 1_501));
    assertFalse(EphemeralOwner.isDue(stat(TTL, 1, 1), 1_501));
    assertFalse(EphemeralOwner.isDue(stat(0, 2, 0), Long.MAX_VALUE));
    assertFalse(EphemeralOwner.isDue(stat(5, 0, 0), Long.MAX_VALUE));
  }

  private static NodeStat stat(long owner, int cversion, int children) {
    return new NodeStat(1, 2, 900, 1_000, 3, cversion, 4, owner, 5, children, 6);
  }
}
