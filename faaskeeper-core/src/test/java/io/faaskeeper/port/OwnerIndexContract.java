package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshPath;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitAll;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OwnerIndex} must do. To run it on an implementation, extend it and return one
 * from {@link #owners}; one index can serve all tests, each uses owners of its own.
 */
public abstract class OwnerIndexContract {
  private final String owner = "s:" + UUID.randomUUID();
  private OwnerIndex owners;

  /** The index to test. */
  protected abstract OwnerIndex owners();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    owners = owners();
  }

  @Test
  void aFreshOwnerHasNothing() {
    assertEquals(List.of(), await(owners.list(owner, "", 10)));
  }

  @Test
  void anEntryIsListedOnceHoweverOftenItIsPut() {
    put(owner, "a");
    put(owner, "a");

    assertEquals(List.of("a"), await(owners.list(owner, "", 10)));
  }

  @Test
  void entriesAreListedInTheOrderOfTheirUtf8Bytes() {
    List<String> ordered =
        List.of(
            " ",
            "/a",
            "/a ",
            "/a/b",
            "/b",
            "0",
            "00000010/x",
            "A",
            "a",
            "\u00e4",
            "\uffee",
            "\ud83d\ude00");
    for (int i = 0; i < ordered.size(); i++) {
      put(owner, ordered.get((5 * i + 3) % ordered.size()));
    }

    assertEquals(ordered, await(owners.list(owner, "", 100)));
    assertEquals(ordered.subList(3, 5), await(owners.list(owner, "/a ", 2)));
  }

  @Test
  void aListingGoesOnAfterAnEntryThatNeedNotBeThere() {
    List.of("a", "b", "d", "e").forEach(e -> put(owner, e));

    assertEquals(List.of("d", "e"), await(owners.list(owner, "b", 10)));
    assertEquals(List.of("d"), await(owners.list(owner, "c", 1)));
    assertEquals(List.of(), await(owners.list(owner, "e", 10)));
  }

  @Test
  void fewerThanTheLimitAreReturnedOnlyAtTheEnd() {
    List<String> entries =
        IntStream.range(0, 1700)
            .mapToObj(i -> String.format("%06d%s", i, "/component".repeat(80)))
            .toList();
    awaitAll(30, entries.stream().map(e -> () -> owners.put(owner, e, Deadline.NONE)));

    List<String> first = await(owners.list(owner, "", 1600));
    List<String> rest = await(owners.list(owner, first.get(1599), 1600));

    assertEquals(entries.subList(0, 1600), first);
    assertEquals(entries.subList(1600, 1700), rest);
  }

  @Test
  void longEntriesAreListedOnceEach() {
    String prefix = freshPath(1900);
    List<String> entries =
        IntStream.range(0, 700).mapToObj(i -> String.format("%s/%06d", prefix, i)).toList();
    awaitAll(30, entries.stream().map(e -> () -> owners.put(owner, e, Deadline.NONE)));
    await(owners.remove(owner, entries.get(30), Deadline.NONE));

    List<String> listed = new ArrayList<>();
    String after = "";
    for (List<String> page = await(owners.list(owner, after, 100));
        !page.isEmpty();
        page = await(owners.list(owner, after, 100))) {
      listed.addAll(page);
      after = page.get(page.size() - 1);
    }

    List<String> expected = new ArrayList<>(entries);
    expected.remove(30);
    assertEquals(expected, listed.stream().sorted().toList());
  }

  @Test
  void exactlyOneEntryOfOneOwnerIsRemoved() {
    List<String> others = List.of(owner + "0", owner.substring(0, owner.length() - 1), owner + "/");
    for (String each : others) {
      put(each, "a");
    }
    List.of("a", "ab", "A").forEach(e -> put(owner, e));

    await(owners.remove(owner, "a", Deadline.NONE));
    await(owners.remove(owner, "a", Deadline.NONE));

    assertEquals(List.of("A", "ab"), await(owners.list(owner, "", 10)));
    for (String each : others) {
      assertEquals(List.of("a"), await(owners.list(each, "", 10)));
    }
  }

  @Test
  void entriesPutAtOnceAreAllThere() {
    Race.run(6, i -> await(owners.put(owner, "e" + i, Deadline.NONE)));

    assertEquals(List.of("e0", "e1", "e2", "e3", "e4", "e5"), await(owners.list(owner, "", 10)));
  }

  @Test
  void nothingChangesAfterTheDeadline() {
    put(owner, "a");
    Deadline passed = new Deadline(clock().nanoTime() - 1);

    awaitFailure(DeadlinePassedException.class, owners.put(owner, "b", passed));
    awaitFailure(DeadlinePassedException.class, owners.remove(owner, "a", passed));

    assertEquals(List.of("a"), await(owners.list(owner, "", 10)));
  }

  private void put(String of, String entry) {
    await(owners.put(of, entry, Deadline.NONE));
  }
}
