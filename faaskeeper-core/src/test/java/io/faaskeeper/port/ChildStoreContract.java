package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshPath;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitAll;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.ChildItem.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChildStore} must do. To run it on an implementation, extend it and return one
 * from {@link #children}; one store can serve all tests, each uses parents of its own.
 */
public abstract class ChildStoreContract {
  private final String parent = freshPath();
  private ChildStore children;

  /** The store to test. */
  protected abstract ChildStore children();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    children = children();
  }

  @Test
  void aFreshParentHasNoChildren() {
    assertEquals(new ChildStore.Page(List.of(), null), await(children.list(parent, null)));
  }

  @Test
  void aNewChildHasNoPreviousVersion() {
    apply("c", born(5), null);

    assertEquals(List.of(new ChildItem("c", born(5), null)), all(parent));
  }

  @Test
  void theStoredVersionBecomesThePreviousOne() {
    apply("c", born(5), null);
    apply("c", dead(7), null);
    assertEquals(List.of(new ChildItem("c", dead(7), born(5))), all(parent));

    apply("c", born(1L << 40), null);
    assertEquals(List.of(new ChildItem("c", born(1L << 40), dead(7))), all(parent));
  }

  @Test
  void aPreviousVersionThatIsGivenIsKeptInsteadOfTheStoredOne() {
    apply("c", born(5), null);

    apply("c", born(9), dead(8));

    assertEquals(List.of(new ChildItem("c", born(9), dead(8))), all(parent));
  }

  @Test
  void aNewChildKeepsThePreviousVersionThatIsGiven() {
    apply("c", dead(9), born(8));

    assertEquals(List.of(new ChildItem("c", dead(9), born(8))), all(parent));
  }

  @Test
  void aVersionThatIsNotNewerChangesNothing() {
    apply("c", born(5), null);
    apply("c", dead(7), null);

    apply("c", dead(7), born(6));
    apply("c", born(7), null);
    apply("c", born(5), null);
    apply("c", born(6), dead(4));

    assertEquals(List.of(new ChildItem("c", dead(7), born(5))), all(parent));
  }

  @Test
  void exactlyTheGoneChildIsRemoved() {
    apply("c", born(5), null);
    apply("c", dead(7), null);
    apply("d", dead(7), born(6));

    await(children.remove(parent, "c", dead(5), Deadline.NONE));
    await(children.remove(parent, "c", dead(6), Deadline.NONE));
    await(children.remove(parent, "c", dead(8), Deadline.NONE));
    assertEquals(2, all(parent).size());

    await(children.remove(parent, "c", dead(7), Deadline.NONE));
    await(children.remove(parent, "c", dead(7), Deadline.NONE));
    assertEquals(List.of(new ChildItem("d", dead(7), born(6))), all(parent));
  }

  @Test
  void aLivingChildIsNotRemoved() {
    apply("c", born(5), null);
    await(children.remove(parent, "c", dead(5), Deadline.NONE));
    assertEquals(List.of(new ChildItem("c", born(5), null)), all(parent));

    apply("c", dead(6), null);
    apply("c", born(7), null);
    await(children.remove(parent, "c", dead(6), Deadline.NONE));
    assertEquals(List.of(new ChildItem("c", born(7), dead(6))), all(parent));
  }

  @Test
  void exactlyTheLivingChildIsRemoved() {
    apply("c", born(5), null);
    apply("d", born(6), dead(5));

    await(children.remove(parent, "c", born(4), Deadline.NONE));
    await(children.remove(parent, "d", born(5), Deadline.NONE));
    await(children.remove(parent, "d", dead(5), Deadline.NONE));
    assertEquals(2, all(parent).size());

    await(children.remove(parent, "c", born(5), Deadline.NONE));
    assertEquals(List.of(new ChildItem("d", born(6), dead(5))), all(parent));
  }

  @Test
  void aRemovedChildLeavesNothing() {
    apply("c", dead(6), born(5));
    await(children.remove(parent, "c", dead(6), Deadline.NONE));

    apply("c", born(4), null);

    assertEquals(List.of(new ChildItem("c", born(4), null)), all(parent));
  }

  @Test
  void childrenAreListedInTheOrderOfTheirNames() {
    for (String name : List.of("b", "a", "ab", "B", "\u00e4", "a0000000010", "a0000000009", "-")) {
      apply(name, born(1), null);
    }

    assertEquals(
        List.of("-", "B", "a", "a0000000009", "a0000000010", "ab", "b", "\u00e4"),
        all(parent).stream().map(ChildItem::name).toList());
  }

  @Test
  void aParentListsItsOwnChildrenOnly() {
    List<String> parents =
        List.of(parent, parent + "/c", parent + "a", parent + Samples.ODD_TEXT, freshPath(2000));
    for (int i = 0; i < parents.size(); i++) {
      await(children.apply(parents.get(i), "c" + i, born(1), null, Deadline.NONE));
    }
    await(children.apply(parents.get(4) + "x", "c", born(1), null, Deadline.NONE));

    for (int i = 0; i < parents.size(); i++) {
      assertEquals(List.of(new ChildItem("c" + i, born(1), null)), all(parents.get(i)));
    }
  }

  @Test
  void anyNameIsKept() {
    String longName = "n".repeat(2000);
    List<String> names = List.of(longName, longName + "a", longName + "b", Samples.ODD_TEXT, "n");
    names.forEach(name -> apply(name, born(1), null));
    apply(longName + "a", dead(2), null);
    await(children.remove(parent, longName + "a", dead(2), Deadline.NONE));

    assertEquals(
        List.of("n", Samples.ODD_TEXT, longName, longName + "b").stream().sorted().toList(),
        all(parent).stream().map(ChildItem::name).sorted().toList());
  }

  @Test
  void allOfManyChildrenAreListedOnceEach() {
    List<String> names =
        IntStream.range(0, 3000)
            .mapToObj(i -> String.format("%s%010d", "x".repeat(400), i))
            .toList();
    awaitAll(
        30, names.stream().map(n -> () -> children.apply(parent, n, born(1), null, Deadline.NONE)));

    List<ChildItem> listed = all(parent);

    assertEquals(names, listed.stream().map(ChildItem::name).toList());
  }

  @Test
  void aPageFollowsOneWhoseLastChildIsGone() {
    awaitAll(
        30,
        IntStream.range(0, 3000)
            .mapToObj(
                i ->
                    () ->
                        children.apply(
                            parent,
                            String.format("%s%010d", "x".repeat(400), i),
                            dead(2),
                            null,
                            Deadline.NONE)));
    ChildStore.Page first = await(children.list(parent, null));
    assertNotNull(first.next());
    for (ChildItem last : first.items().subList(first.items().size() - 2, first.items().size())) {
      await(children.remove(parent, last.name(), dead(2), Deadline.NONE));
    }

    List<ChildItem> rest = from(parent, first.next());

    assertEquals(3000, first.items().size() + rest.size());
    assertTrue(
        rest.get(0).name().compareTo(first.items().get(first.items().size() - 1).name()) > 0);
  }

  @Test
  void ofVersionsAtOnceTheNewestStays() {
    for (int round = 0; round < 20; round++) {
      String name = "c" + round;
      Race.run(6, i -> await(children.apply(parent, name, born(1 + i), null, Deadline.NONE)));
    }

    for (ChildItem child : all(parent)) {
      assertEquals(born(6), child.current());
      Version previous = child.previous();
      assertTrue(previous == null || (previous.alive() && previous.zxid() < 6));
    }
  }

  @Test
  void childrenAddedAtOnceToAnEmptiedParentAreAllThere() {
    for (int round = 0; round < 20; round++) {
      String each = freshPath();
      await(children.apply(each, "gone", dead(1), null, Deadline.NONE));

      Race.run(
          6,
          i ->
              await(
                  i == 0
                      ? children.remove(each, "gone", dead(1), Deadline.NONE)
                      : children.apply(each, "c" + i, born(1), null, Deadline.NONE)));

      assertEquals(
          List.of("c1", "c2", "c3", "c4", "c5"), all(each).stream().map(ChildItem::name).toList());
    }
  }

  @Test
  void nothingChangesAfterTheDeadline() {
    apply("c", dead(5), null);
    Deadline passed = new Deadline(clock().nanoTime() - 1);

    awaitFailure(DeadlinePassedException.class, children.apply(parent, "c", born(6), null, passed));
    awaitFailure(DeadlinePassedException.class, children.apply(parent, "d", born(6), null, passed));
    awaitFailure(DeadlinePassedException.class, children.remove(parent, "c", dead(5), passed));

    assertEquals(List.of(new ChildItem("c", dead(5), null)), all(parent));
  }

  private static Version born(long zxid) {
    return new Version(zxid, true);
  }

  private static Version dead(long zxid) {
    return new Version(zxid, false);
  }

  private void apply(String name, Version current, @Nullable Version previous) {
    await(children.apply(parent, name, current, previous, Deadline.NONE));
  }

  private List<ChildItem> all(String of) {
    return from(of, null);
  }

  private List<ChildItem> from(String of, @Nullable String after) {
    List<ChildItem> all = new ArrayList<>();
    String next = after;
    do {
      ChildStore.Page page = await(children.list(of, next));
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    assertEquals(all.size(), new HashSet<>(all).size());
    return all;
  }
}
