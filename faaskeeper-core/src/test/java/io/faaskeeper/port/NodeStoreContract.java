package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.acl;
import static io.faaskeeper.port.Samples.alive;
import static io.faaskeeper.port.Samples.data;
import static io.faaskeeper.port.Samples.freshPath;
import static io.faaskeeper.port.Samples.freshProcess;
import static io.faaskeeper.port.Samples.gone;
import static io.faaskeeper.port.Samples.stat;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Subscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NodeStore} must do. To run it on an implementation, extend it and return one
 * from {@link #nodes}; one store can serve all tests, each uses paths of its own.
 */
public abstract class NodeStoreContract {
  private static final Subscription ONE = new Subscription(freshProcess(), 1);
  private static final Subscription LATER = new Subscription(ONE.process(), 2);
  private static final Subscription OTHER = new Subscription(freshProcess(), 1);

  private final String path = freshPath();
  private NodeStore nodes;

  /** The store to test. */
  protected abstract NodeStore nodes();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    nodes = nodes();
  }

  @Test
  void nothingIsKnownOfAFreshPath() {
    assertEquals(StoredNode.ABSENT, await(nodes.read(path, true)));
    assertEquals(StoredNode.ABSENT, await(nodes.read(path, false)));
  }

  @Test
  void aNodeIsReadAsItWasWritten() {
    NodeUpdate update = alive(path, 5, data(20, 1));

    assertEquals(Set.of(), apply(update));

    assertHolds(update, Set.of());
  }

  @Test
  void dataIsReadOnlyIfAskedFor() {
    NodeUpdate update = alive(path, 5, data(20, 1));
    apply(update);

    StoredNode read = await(nodes.read(path, false));

    assertNull(read.data());
    assertEquals(5, read.touched());
    assertEquals(Optional.of(meta(update)), read.meta());
  }

  @Test
  void aLaterUpdateReplaces() {
    apply(alive(path, 5, data(20, 1)));
    NodeUpdate later = alive(path, 1L << 40, data(30, 2));

    apply(later);

    assertHolds(later, Set.of());
  }

  @Test
  void whatTheUpdateDoesNotBringStays() {
    apply(alive(path, 5, data(20, 1)));
    List<Acl> first = acl("u:5");

    apply(new NodeUpdate(path, 6, true, stat(6, 20), -6, null, null));
    assertHolds(new NodeUpdate(path, 6, true, stat(6, 20), -6, first, data(20, 1)), Set.of());

    apply(new NodeUpdate(path, 7, true, stat(7, 9), -7, null, data(9, 2)));
    assertHolds(new NodeUpdate(path, 7, true, stat(7, 9), -7, first, data(9, 2)), Set.of());

    apply(new NodeUpdate(path, 8, true, stat(8, 9), -8, acl("new"), null));
    assertHolds(new NodeUpdate(path, 8, true, stat(8, 9), -8, acl("new"), data(9, 2)), Set.of());
  }

  @Test
  void anUpdateThatIsNotLaterChangesNothing() {
    NodeUpdate stored = alive(path, 5, data(20, 1));
    apply(stored);
    await(nodes.subscribe(path, ONE, false));

    for (NodeUpdate late :
        List.of(
            alive(path, 5, data(30, 2)),
            alive(path, 4, data(30, 2)),
            gone(path, 5),
            gone(path, 1))) {
      assertEquals(Set.of(ONE), apply(late));
      assertHolds(stored, Set.of(ONE));
    }
  }

  @Test
  void aDeletedNodeLeavesATombstone() {
    apply(alive(path, 5, data(20, 1)));

    apply(gone(path, 6));

    StoredNode tombstone = StoredNode.gone(6, Set.of());
    assertEquals(tombstone, await(nodes.read(path, true)));
    assertEquals(tombstone, await(nodes.read(path, false)));
    apply(alive(path, 5, data(20, 1)));
    assertEquals(tombstone, await(nodes.read(path, true)));
  }

  @Test
  void aNodeThatWasCreatedAndDeletedInOneGroupLeavesATombstone() {
    apply(gone(path, 6));

    assertEquals(StoredNode.gone(6, Set.of()), await(nodes.read(path, true)));
  }

  @Test
  void aDeletedNodeIsCreatedAgain() {
    apply(alive(path, 5, data(20, 1)));
    apply(gone(path, 6));
    NodeUpdate again = alive(path, 7, data(0, 3));

    apply(again);

    assertHolds(again, Set.of());
  }

  @Test
  void aSubscriptionToNothingIsAPlaceholder() {
    StoredNode placeholder = StoredNode.gone(0, Set.of(ONE));

    assertEquals(placeholder, await(nodes.subscribe(path, ONE, true)));
    assertEquals(placeholder, await(nodes.subscribe(path, ONE, true)));

    assertEquals(placeholder, await(nodes.read(path, true)));
  }

  @Test
  void theNodeThatIsCreatedKeepsThePlaceholdersSubscriptions() {
    await(nodes.subscribe(path, ONE, true));
    NodeUpdate created = alive(path, 5, data(20, 1));

    assertEquals(Set.of(ONE), apply(created));

    assertHolds(created, Set.of(ONE));
  }

  @Test
  void aSubscriptionReadsTheNode() {
    NodeUpdate update = alive(path, 5, data(20, 1));
    apply(update);

    StoredNode with = await(nodes.subscribe(path, ONE, true));
    StoredNode without = await(nodes.subscribe(path, OTHER, false));

    assertEquals(5, with.touched());
    assertEquals(Optional.of(meta(update)), with.meta());
    assertArrayEquals(data(20, 1), with.data());
    assertEquals(Set.of(ONE), with.interested());
    assertEquals(Optional.of(meta(update)), without.meta());
    assertNull(without.data());
    assertEquals(Set.of(ONE, OTHER), without.interested());
  }

  @Test
  void aSubscriptionOutlivesChangesAndDeletion() {
    apply(alive(path, 5, data(20, 1)));
    await(nodes.subscribe(path, ONE, true));

    assertEquals(Set.of(ONE), apply(alive(path, 6, data(20, 1))));
    assertEquals(Set.of(ONE), apply(gone(path, 7)));
    assertEquals(Set.of(ONE), await(nodes.read(path, true)).interested());
    assertEquals(Set.of(ONE), apply(alive(path, 8, data(20, 1))));
  }

  @Test
  void aTombstoneCanBeSubscribedTo() {
    apply(gone(path, 6));

    assertEquals(StoredNode.gone(6, Set.of(ONE)), await(nodes.subscribe(path, ONE, true)));
    assertEquals(Set.of(ONE), apply(alive(path, 8, data(20, 1))));
  }

  @Test
  void exactlyOneSubscriptionIsRemoved() {
    NodeUpdate update = alive(path, 5, data(20, 1));
    apply(update);
    await(nodes.subscribe(path, ONE, true));
    await(nodes.subscribe(path, LATER, true));
    await(nodes.subscribe(path, OTHER, true));

    await(nodes.unsubscribe(path, ONE));
    await(nodes.unsubscribe(path, ONE));

    assertHolds(update, Set.of(LATER, OTHER));
    assertEquals(Set.of(LATER, OTHER), apply(gone(path, 6)));
  }

  @Test
  void withoutSubscriptionsAPlaceholderIsNothing() {
    await(nodes.subscribe(path, ONE, true));

    await(nodes.unsubscribe(path, OTHER));
    await(nodes.unsubscribe(path, ONE));

    assertEquals(StoredNode.ABSENT, await(nodes.read(path, true)));
  }

  @Test
  void unsubscribingMakesNoNodeAndForgetsNone() {
    await(nodes.unsubscribe(path, ONE));
    assertEquals(StoredNode.ABSENT, await(nodes.read(path, true)));

    apply(gone(path, 6));
    await(nodes.subscribe(path, ONE, true));
    await(nodes.unsubscribe(path, ONE));
    assertEquals(StoredNode.gone(6, Set.of()), await(nodes.read(path, true)));
  }

  @Test
  void dataOfEverySizeReplacesDataOfEverySize() {
    int[] sizes = {
      0, 1, 2900, 3072, 3200, 4096, 100, 20_000, 390_000, 410_000, 0, 1 << 20, 1 << 20, 5
    };
    for (int i = 0; i < sizes.length; i++) {
      NodeUpdate update = alive(path, i + 1, data(sizes[i], i));
      apply(update);
      assertHolds(update, Set.of());
      assertArrayEquals(
          data(sizes[i], i), await(nodes.subscribe(path, ONE, true)).data(), "size " + sizes[i]);
      await(nodes.unsubscribe(path, ONE));
    }
  }

  @Test
  void largeDataStaysWhenTheRestChanges() {
    apply(alive(path, 5, data(1 << 20, 1)));

    for (int zxid = 6; zxid < 9; zxid++) {
      NodeUpdate rest = new NodeUpdate(path, zxid, true, stat(zxid, 1 << 20), zxid, null, null);
      apply(rest);
      assertHolds(
          new NodeUpdate(path, zxid, true, rest.stat(), zxid, acl("u:5"), data(1 << 20, 1)),
          Set.of());
    }
  }

  @Test
  void aLateCopyOfALongerGroupLeavesLargeDataReadable() {
    apply(alive(path, 5, data(9_000, 1)));
    NodeUpdate rest = new NodeUpdate(path, 6, true, stat(5, 9_000), 6, null, null);
    apply(rest);

    apply(new NodeUpdate(path, 6, true, stat(5, 9_000), 6, acl("u:5"), data(9_000, 1)));

    assertHolds(
        new NodeUpdate(path, 6, true, rest.stat(), 6, acl("u:5"), data(9_000, 1)), Set.of());
  }

  @Test
  void largeDataIsGoneWithItsNode() {
    apply(alive(path, 5, data(1 << 20, 1)));
    apply(gone(path, 6));
    assertNull(await(nodes.read(path, true)).data());
    NodeUpdate again = alive(path, 7, data(100_000, 2));

    apply(again);

    assertHolds(again, Set.of());
  }

  @Test
  void whatAnUpdateReplacedCanBeDiscardedAtAnyTimeAfterIt() {
    for (int zxid = 5; zxid < 10; zxid++) {
      NodeUpdate update = alive(path, zxid, data(zxid % 2 == 0 ? 10 : 9000, zxid));
      long replaced = await(nodes.apply(update, Deadline.NONE)).replaced();
      assertHolds(update, Set.of());

      if (replaced != 0) {
        await(nodes.discard(path, replaced, Deadline.NONE));
        await(nodes.discard(path, replaced, Deadline.NONE));
      }

      assertHolds(update, Set.of());
    }
  }

  @Test
  void anyPathHasItsOwnNode() {
    String longPath = freshPath(2048);
    List<String> paths =
        List.of(
            longPath + "a",
            longPath + "b",
            longPath,
            path,
            path + "/child",
            path + Samples.ODD_TEXT,
            path.toUpperCase(Locale.ROOT));
    for (int i = 0; i < paths.size(); i++) {
      apply(alive(paths.get(i), i + 1, data(5000, i)));
    }

    for (int i = 0; i < paths.size(); i++) {
      assertHolds(alive(paths.get(i), i + 1, data(5000, i)), Set.of());
    }
  }

  @Test
  void aLongAclIsKept() {
    List<Acl> acl =
        IntStream.range(0, 100)
            .mapToObj(i -> new Acl(i % 32, "digest", Samples.ODD_TEXT + i))
            .toList();
    NodeUpdate update = new NodeUpdate(path, 5, true, stat(5, 0), 1, acl, new byte[0]);

    apply(update);

    assertHolds(update, Set.of());
  }

  @Test
  void manyProcessesMayBeInterested() {
    apply(alive(path, 1, data(10_000, 1)));
    Set<Subscription> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      all.add(new Subscription(freshProcess(), i));
    }
    Stages.awaitAll(20, all.stream().map(s -> () -> nodes.subscribe(path, s, false)));

    assertEquals(all, apply(alive(path, 2, data(10_000, 2))));
    assertEquals(all, apply(alive(path, 2, data(10_000, 2))));
  }

  @Test
  void subscribersAtOnceAreAllKept() {
    List<Subscription> all =
        IntStream.range(0, 6).mapToObj(i -> new Subscription(freshProcess(), i)).toList();

    Race.run(all.size(), i -> await(nodes.subscribe(path, all.get(i), true)));

    assertEquals(Set.copyOf(all), await(nodes.read(path, true)).interested());
  }

  @Test
  void ofUpdatesAtOnceTheLatestStays() {
    for (int round = 0; round < 10; round++) {
      String each = freshPath();

      Race.run(6, i -> apply(alive(each, 1 + i, data(i % 2 == 0 ? 10 : 9000, i))));

      assertHolds(alive(each, 6, data(9000, 5)), Set.of());
    }
  }

  @Test
  void eitherTheReadHasTheChangeOrTheChangeFindsTheSubscription() {
    for (int round = 0; round < 30; round++) {
      String each = freshPath();
      apply(alive(each, 1, data(10, 1)));

      List<Object> results =
          Race.run(
              List.<Callable<Object>>of(
                  () -> await(nodes.subscribe(each, ONE, true)),
                  () -> apply(alive(each, 2, data(10, 2)))));

      StoredNode read = (StoredNode) results.get(0);
      assertTrue(read.touched() == 2 || results.get(1).equals(Set.of(ONE)));
      assertArrayEquals(data(10, (int) read.touched()), read.data());
    }
  }

  @Test
  void aRemovalAtOnceWithANewSubscriptionLeavesTheNewOne() {
    for (int round = 0; round < 20; round++) {
      String each = freshPath();
      await(nodes.subscribe(each, ONE, false));

      Race.run(
          List.<Callable<Object>>of(
              () -> await(nodes.subscribe(each, LATER, false)),
              () -> Optional.ofNullable(await(nodes.unsubscribe(each, ONE)))));

      assertEquals(Set.of(LATER), await(nodes.read(each, false)).interested());
    }
  }

  @Test
  void readersSeeWholeStatesInTheirOrder() {
    int last = 60;
    apply(alive(path, 1, data(100, 1)));
    List<Callable<Boolean>> calls = new ArrayList<>();
    calls.add(
        () -> {
          for (int zxid = 2; zxid <= last; zxid++) {
            apply(
                zxid % 7 == 0
                    ? gone(path, zxid)
                    : alive(path, zxid, data(zxid % 3 == 0 ? 100 : 20_000 + zxid, zxid)));
          }
          return true;
        });
    for (int i = 0; i < 3; i++) {
      calls.add(
          () -> {
            long before = 0;
            while (before < last) {
              StoredNode read = await(nodes.read(path, true));
              int zxid = (int) read.touched();
              assertTrue(before <= zxid);
              assertEquals(zxid % 7 != 0, read.meta().isPresent());
              if (read.meta().isPresent()) {
                assertEquals(zxid, read.meta().get().stat().mzxid());
                assertEquals(acl("u:" + zxid), read.meta().get().acl());
                assertArrayEquals(
                    data(zxid % 3 == 0 || zxid == 1 ? 100 : 20_000 + zxid, zxid), read.data());
              }
              before = zxid;
            }
            return true;
          });
    }

    Race.run(calls);
  }

  @Test
  void nothingIsAppliedAfterTheDeadline() {
    NodeUpdate stored = alive(path, 5, data(20, 1));
    apply(stored);
    Deadline passed = new Deadline(clock().nanoTime() - 1);

    awaitFailure(DeadlinePassedException.class, nodes.apply(alive(path, 6, data(9, 2)), passed));
    awaitFailure(
        DeadlinePassedException.class, nodes.apply(alive(path, 6, data(1 << 20, 2)), passed));
    awaitFailure(DeadlinePassedException.class, nodes.apply(gone(path, 6), passed));

    assertHolds(stored, Set.of());
  }

  private Set<Subscription> apply(NodeUpdate update) {
    return await(nodes.apply(update, Deadline.NONE)).interested();
  }

  private void assertHolds(NodeUpdate update, Set<Subscription> interested) {
    StoredNode read = await(nodes.read(update.path(), true));
    assertEquals(update.zxid(), read.touched());
    assertEquals(Optional.of(meta(update)), read.meta());
    assertArrayEquals(update.data(), read.data());
    assertEquals(interested, read.interested());
  }

  private static NodeMeta meta(NodeUpdate update) {
    return new NodeMeta(
        update.stat(), Optional.ofNullable(update.acl()).orElseThrow(), update.childSum());
  }
}
