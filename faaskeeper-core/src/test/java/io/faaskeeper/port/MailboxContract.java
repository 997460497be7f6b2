package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshPath;
import static io.faaskeeper.port.Samples.freshProcess;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitAll;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.MailboxEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Mailbox} must do. To run it on an implementation, extend it and return one from
 * {@link #mailbox}; one can serve all tests, each uses processes of its own. That items expire is
 * not tested here.
 */
public abstract class MailboxContract {
  private static final long ALL = Long.MAX_VALUE;

  private final String process = freshProcess();
  private Mailbox mailbox;

  /** The mailbox to test. */
  protected abstract Mailbox mailbox();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    mailbox = mailbox();
  }

  @Test
  void aFreshProcessHasNoEvents() {
    assertEquals(Map.of(), await(mailbox.read(process, 0, ALL)));
  }

  @Test
  void eventsAreReadInTheirOrderAsTheyWereAdded() {
    List<MailboxEvent> events =
        List.of(
            new MailboxEvent(0, Kind.CREATED, "/b", Samples.acl(Samples.ODD_TEXT)),
            new MailboxEvent(1, Kind.CHILDREN_CHANGED, "/", null),
            new MailboxEvent(2, Kind.DATA_CHANGED, "/a" + Samples.ODD_TEXT, List.of()),
            new MailboxEvent(3, Kind.DELETED, freshPath(2048), null),
            new MailboxEvent(10, Kind.SESSION_TAKEN, "-72057594037927936", null),
            new MailboxEvent(300, Kind.DELETED, "/a", null));

    add(
        7,
        events.get(4),
        events.get(2),
        events.get(0),
        events.get(5),
        events.get(1),
        events.get(3));

    assertEquals(Map.of(7L, events), await(mailbox.read(process, 0, ALL)));
  }

  @Test
  void theRangeIsOpenBelowAndClosedAbove() {
    for (long zxid : List.of(5L, 6L, 300L, 1L << 33, 9L)) {
      add(zxid, changed(0, "/" + zxid));
    }

    assertEquals(List.of(5L, 6L, 9L, 300L, 1L << 33), zxids(0, ALL));
    assertEquals(List.of(6L, 9L), zxids(5, 9));
    assertEquals(List.of(5L, 6L, 9L), zxids(4, 299));
    assertEquals(List.of(300L), zxids(9, (1L << 33) - 1));
    assertEquals(List.of(1L << 33), zxids(300, ALL));
    assertEquals(List.of(), zxids(1L << 33, ALL));
    assertEquals(List.of(), zxids(6, 6));
    assertEquals(List.of(), zxids(9, 5));
  }

  @Test
  void whatIsAddedStays() {
    add(7, changed(1, "/a"), changed(3, "/c"));
    add(7, changed(2, "/b"));
    add(7, changed(3, "/c"));
    add(7);

    assertEquals(
        Map.of(7L, List.of(changed(1, "/a"), changed(2, "/b"), changed(3, "/c"))),
        await(mailbox.read(process, 0, ALL)));
  }

  @Test
  void changesOfOnePlaceAreToldApart() {
    add(7, changed(1, "/a"), new MailboxEvent(1, Kind.CHILDREN_CHANGED, "/a", null));
    add(7, changed(1, "/b"));

    assertEquals(
        Map.of(
            7L,
            List.of(
                changed(1, "/a"),
                changed(1, "/b"),
                new MailboxEvent(1, Kind.CHILDREN_CHANGED, "/a", null))),
        await(mailbox.read(process, 0, ALL)));
  }

  @Test
  void aProcessReadsItsOwnOnly() {
    String other = freshProcess();
    add(7, changed(1, "/mine"));
    await(mailbox.add(other, 8, List.of(changed(1, "/other")), Deadline.NONE));

    assertEquals(Map.of(7L, List.of(changed(1, "/mine"))), await(mailbox.read(process, 0, ALL)));
    assertEquals(Map.of(8L, List.of(changed(1, "/other"))), await(mailbox.read(other, 0, ALL)));
  }

  @Test
  void additionsAtOnceAreAllKept() {
    for (long zxid = 1; zxid <= 10; zxid++) {
      long z = zxid;
      Race.run(
          6,
          i ->
              await(
                  mailbox.add(
                      process, z, List.of(changed(i, "/a"), changed(i + 1, "/a")), Deadline.NONE)));

      assertEquals(
          IntStream.rangeClosed(0, 6).mapToObj(i -> changed(i, "/a")).toList(),
          await(mailbox.read(process, z - 1, z)).get(z));
    }
  }

  @Test
  void allOfManyItemsAreRead() {
    String path = freshPath(1000);
    awaitAll(
        30,
        LongStream.rangeClosed(1, 1200)
            .mapToObj(
                zxid ->
                    () -> mailbox.add(process, zxid, List.of(changed(0, path)), Deadline.NONE)));

    assertEquals(LongStream.rangeClosed(101, 1150).boxed().toList(), zxids(100, 1150));
  }

  @Test
  void oneChangeMayHaveManyEvents() {
    List<MailboxEvent> many =
        IntStream.range(0, 2000).mapToObj(i -> changed(i, "/a/node/of/many/" + i)).toList();
    List<MailboxEvent> large =
        IntStream.range(0, 300).mapToObj(i -> changed(i, freshPath(2000))).toList();

    await(mailbox.add(process, 3, many, Deadline.NONE));
    await(mailbox.add(process, 4, large, Deadline.NONE));
    await(mailbox.add(process, 4, large.subList(100, 200), Deadline.NONE));

    assertEquals(new TreeMap<>(Map.of(3L, many, 4L, large)), await(mailbox.read(process, 0, ALL)));
  }

  @Test
  void nothingIsAddedAfterTheDeadline() {
    awaitFailure(
        DeadlinePassedException.class,
        mailbox.add(process, 7, List.of(changed(0, "/a")), new Deadline(clock().nanoTime() - 1)));

    assertEquals(Map.of(), await(mailbox.read(process, 0, ALL)));
  }

  private void add(long zxid, MailboxEvent... events) {
    await(mailbox.add(process, zxid, List.of(events), Deadline.NONE));
  }

  private List<Long> zxids(long after, long upTo) {
    return List.copyOf(await(mailbox.read(process, after, upTo)).keySet());
  }

  private static MailboxEvent changed(int index, String path) {
    return new MailboxEvent(index, Kind.DATA_CHANGED, path, null);
  }
}
