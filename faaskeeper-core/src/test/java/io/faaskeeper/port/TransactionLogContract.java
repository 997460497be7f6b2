package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.assertSame;
import static io.faaskeeper.port.Samples.data;
import static io.faaskeeper.port.Samples.record;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/**
 * What every {@link TransactionLog} must do. To run it on an implementation, extend it and return
 * from {@link #create} a log that was never written to (a new table, or a new name in one): unlike
 * the other ports, a log cannot be shared by tests.
 */
public abstract class TransactionLogContract {
  private static final int SLOTS = 8;

  /** An empty log. */
  protected abstract TransactionLog create(int slots);

  /** The clock that the log tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @Test
  void anEmptyLogHoldsNothing() {
    TransactionLog log = create(SLOTS);

    assertEquals(SLOTS, log.slots());
    for (long n = 1; n <= 2 * SLOTS; n++) {
      assertEquals(new TransactionLog.Slot.Empty(), await(log.read(n)));
    }
  }

  @Test
  void whatWasAppendedIsRead() {
    TransactionLog log = create(SLOTS);

    append(log, record(1, 11));

    assertHolds(log, record(1, 11));
    assertEquals(new TransactionLog.Slot.Empty(), await(log.read(2)));
  }

  @Test
  void aSecondAppendIsHandedTheFirst() {
    TransactionLog log = create(SLOTS);
    append(log, record(1, 11));

    assertLost(record(1, 11), log, record(1, 12));

    assertHolds(log, record(1, 11));
  }

  @Test
  void anAttemptThatHadSucceededIsRecognised() {
    TransactionLog log = create(SLOTS);
    append(log, record(1, 11));
    append(log, record(2, 21));

    append(log, record(1, 11));

    assertHolds(log, record(1, 11));
    assertHolds(log, record(2, 21));
  }

  @Test
  void theRingGoesRoundAndRound() {
    TransactionLog log = create(SLOTS);
    for (long n = 1; n <= 3 * SLOTS + 2; n++) {
      assertEquals(new TransactionLog.Slot.Empty(), await(log.read(n)));
      append(log, record(n, -n));
      assertHolds(log, record(n, -n));
    }

    for (long n = 1; n <= 2 * SLOTS + 2; n++) {
      assertEquals(new TransactionLog.Slot.Overwritten(), await(log.read(n)));
    }
    for (long n = 2 * SLOTS + 3; n <= 3 * SLOTS + 2; n++) {
      assertHolds(log, record(n, -n));
    }
  }

  @Test
  void aLateAppendFindsALaterRecord() {
    TransactionLog log = create(SLOTS);
    fill(log, SLOTS + 1);

    assertOutOfStep(log, record(1, 99));
    assertOutOfStep(log, record(1, -1));

    assertHolds(log, record(SLOTS + 1, -SLOTS - 1));
  }

  @Test
  void anAppendAheadOfItsTimeIsRefused() {
    TransactionLog log = create(SLOTS);

    assertOutOfStep(log, record(SLOTS + 1, 99));
    append(log, record(1, -1));
    assertOutOfStep(log, record(2 * SLOTS + 1, 99));

    assertHolds(log, record(1, -1));
    assertEquals(new TransactionLog.Slot.Empty(), await(log.read(SLOTS + 1)));
  }

  @Test
  void ofManyAppendsAtOnceExactlyOneWins() {
    TransactionLog log = create(SLOTS);
    for (long number = 1; number <= 2 * SLOTS; number++) {
      long n = number;
      List<TransactionLog.Append> outcomes =
          Race.run(6, i -> await(log.append(record(n, 100 * n + i), Deadline.NONE)));

      int winner = outcomes.indexOf(new TransactionLog.Append.Done());
      LogRecord won = record(n, 100 * n + winner);
      assertHolds(log, won);
      for (int i = 0; i < outcomes.size(); i++) {
        if (i != winner) {
          assertSame(
              won, assertInstanceOf(TransactionLog.Append.Lost.class, outcomes.get(i)).winner());
        }
      }
    }
  }

  @Test
  void theWinnerIsStillTheWinnerForARepeatedAttempt() {
    TransactionLog log = create(SLOTS);

    List<TransactionLog.Append> outcomes =
        Race.run(6, i -> await(log.append(record(1, i / 2), Deadline.NONE)));

    long winner =
        assertInstanceOf(TransactionLog.Slot.Found.class, await(log.read(1))).record().attempt();
    for (int i = 0; i < outcomes.size(); i++) {
      assertEquals(i / 2 == winner, outcomes.get(i).equals(new TransactionLog.Append.Done()));
    }
  }

  @Test
  void largeRecordsAreWholeAndSmallOnesFollowThem() {
    TransactionLog log = create(2);
    for (long n = 1; n <= 8; n++) {
      LogRecord first = record(n, n, data(n % 4 < 2 ? 1 << 20 : 10, (int) n));
      append(log, first);

      assertHolds(log, first);
      assertLost(first, log, record(n, -n, data(n % 2 == 0 ? 1 << 20 : 10, 0)));
      append(log, first);
    }
  }

  @Test
  void everySizeIsWhole() {
    int[] sizes = {0, 3000, 10_000, 15_900, 16_300, 20_000, 100_000, 390_000, 410_000, 3 << 20};
    TransactionLog log = create(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      append(log, record(i + 1, 1, data(sizes[i], i)));
    }

    for (int i = 0; i < sizes.length; i++) {
      assertHolds(log, record(i + 1, 1, data(sizes[i], i)));
    }
  }

  @Test
  void aRecordOfManyEntriesKeepsTheirOrder() {
    TransactionLog log = create(SLOTS);
    LogRecord record =
        new LogRecord(
            1,
            5,
            LongStream.range(1, 200)
                .mapToObj(z -> LogEntry.ofService(z, new Result.Failed(Code.NONODE), List.of()))
                .toList());

    append(log, record);

    assertHolds(log, record);
  }

  @Test
  void nothingIsAppendedAfterTheDeadline() {
    TransactionLog log = create(SLOTS);

    awaitFailure(
        DeadlinePassedException.class,
        log.append(record(1, 11), new Deadline(clock().nanoTime() - 1)));

    assertEquals(new TransactionLog.Slot.Empty(), await(log.read(1)));
  }

  private static void fill(TransactionLog log, int records) {
    for (long n = 1; n <= records; n++) {
      append(log, record(n, -n));
    }
  }

  private static void append(TransactionLog log, LogRecord record) {
    assertEquals(new TransactionLog.Append.Done(), await(log.append(record, Deadline.NONE)));
  }

  private static void assertLost(LogRecord winner, TransactionLog log, LogRecord loser) {
    assertSame(
        winner,
        assertInstanceOf(TransactionLog.Append.Lost.class, await(log.append(loser, Deadline.NONE)))
            .winner());
  }

  private static void assertOutOfStep(TransactionLog log, LogRecord record) {
    assertEquals(new TransactionLog.Append.OutOfStep(), await(log.append(record, Deadline.NONE)));
  }

  private static void assertHolds(TransactionLog log, LogRecord record) {
    assertSame(
        record,
        assertInstanceOf(TransactionLog.Slot.Found.class, await(log.read(record.number())))
            .record());
  }
}
