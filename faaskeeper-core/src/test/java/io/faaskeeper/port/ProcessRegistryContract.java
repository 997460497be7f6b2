package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshSecret;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ProcessRegistry} must do. To run it on an implementation, extend it and return
 * one from {@link #processes}; one registry can serve all tests, each uses names of its own and
 * minds no others.
 */
public abstract class ProcessRegistryContract {
  private static final String ADDRESS = "tcp:198.51.100.7:40001";

  private final byte[] secret = freshSecret();
  private final String name = Seal.processName(secret);
  private ProcessRegistry processes;

  /** The registry to test. */
  protected abstract ProcessRegistry processes();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    processes = processes();
  }

  @Test
  void aFreshNameHasNoRow() {
    assertEquals(Optional.empty(), await(processes.read(name)));
    assertEquals(Optional.empty(), await(processes.channelSecret(name)));
    assertEquals(OptionalLong.empty(), await(processes.renew(name, 1000)));
    assertEquals(Optional.empty(), await(processes.fence(name, 0, Deadline.NONE)));
    await(processes.remove(name, Deadline.NONE));
    assertEquals(Optional.empty(), await(processes.read(name)));
  }

  @Test
  void aProcessBeginsUnfencedAtZero() {
    register();

    assertRow(new ProcessRow(name, 0, 4000, ADDRESS, false));
    assertArrayEquals(secret, await(processes.channelSecret(name)).orElseThrow());
  }

  @Test
  void aRenewalMovesTheCounterAndTellsTheTimeout() {
    register();

    assertEquals(OptionalLong.of(1), await(processes.renew(name, 4000)));
    assertEquals(OptionalLong.of(2), await(processes.renew(name, 6000)));

    assertRow(new ProcessRow(name, 2, 6000, ADDRESS, false));
    assertArrayEquals(secret, await(processes.channelSecret(name)).orElseThrow());
  }

  @Test
  void aProcessWhoseCounterStandsStillIsFenced() {
    register();
    await(processes.renew(name, 5000));
    ProcessRow fenced = new ProcessRow(name, 1, 5000, ADDRESS, true);

    assertEquals(Optional.of(fenced), await(processes.fence(name, 1, Deadline.NONE)));

    assertRow(fenced);
    assertEquals(OptionalLong.empty(), await(processes.renew(name, 5000)));
    assertRow(fenced);
    assertArrayEquals(secret, await(processes.channelSecret(name)).orElseThrow());
  }

  @Test
  void aProcessWhoseCounterMovedIsNotFenced() {
    register();
    await(processes.renew(name, 5000));
    ProcessRow row = new ProcessRow(name, 1, 5000, ADDRESS, false);

    assertEquals(Optional.of(row), await(processes.fence(name, 0, Deadline.NONE)));
    assertEquals(Optional.of(row), await(processes.fence(name, 2, Deadline.NONE)));

    assertRow(row);
    assertEquals(OptionalLong.of(2), await(processes.renew(name, 5000)));
  }

  @Test
  void aFencedProcessStaysFenced() {
    register();
    ProcessRow fenced = new ProcessRow(name, 0, 4000, ADDRESS, true);
    await(processes.fence(name, 0, Deadline.NONE));

    assertEquals(Optional.of(fenced), await(processes.fence(name, 0, Deadline.NONE)));
    assertEquals(Optional.of(fenced), await(processes.fence(name, 7, Deadline.NONE)));

    assertRow(fenced);
  }

  @Test
  void aFencedProcessIsRemovedWithItsSecret() {
    register();
    await(processes.fence(name, 0, Deadline.NONE));

    await(processes.remove(name, Deadline.NONE));
    await(processes.remove(name, Deadline.NONE));

    assertEquals(Optional.empty(), await(processes.read(name)));
    assertEquals(Optional.empty(), await(processes.channelSecret(name)));
    assertEquals(OptionalLong.empty(), await(processes.renew(name, 4000)));
    assertEquals(Optional.empty(), await(processes.read(name)));
  }

  @Test
  void aProcessThatIsNotFencedIsNotRemoved() {
    register();

    await(processes.remove(name, Deadline.NONE));

    assertRow(new ProcessRow(name, 0, 4000, ADDRESS, false));
    assertArrayEquals(secret, await(processes.channelSecret(name)).orElseThrow());
    assertEquals(OptionalLong.of(1), await(processes.renew(name, 4000)));
  }

  @Test
  void aRenewalAndAFenceAtOnceDoNotBothSucceed() {
    for (int round = 0; round < 30; round++) {
      String each = Samples.freshProcess();
      await(processes.register(each, secret, 4000, ADDRESS));

      List<Object> results =
          Race.run(
              List.<Callable<Object>>of(
                  () -> await(processes.renew(each, 4000)),
                  () -> await(processes.fence(each, 0, Deadline.NONE)).orElseThrow()));

      boolean renewed = results.get(0).equals(OptionalLong.of(1));
      ProcessRow row = new ProcessRow(each, renewed ? 1 : 0, 4000, ADDRESS, !renewed);
      assertEquals(row, results.get(1));
      assertEquals(Optional.of(row), await(processes.read(each)));
    }
  }

  @Test
  void renewalsAtOnceAreAllCounted() {
    register();

    List<Long> counters = Race.run(6, i -> await(processes.renew(name, 4000)).orElseThrow());

    assertEquals(
        LongStream.rangeClosed(1, 6).boxed().toList(), counters.stream().sorted().toList());
  }

  @Test
  void processesAreListedInTheOrderOfTheirNames() {
    List<String> names =
        IntStream.range(0, 40).mapToObj(i -> Samples.freshProcess()).sorted().toList();
    for (String each : names) {
      await(processes.register(each, secret, 4000, ADDRESS));
    }

    List<ProcessRow> listed = new ArrayList<>();
    String after = "";
    for (List<ProcessRow> page = await(processes.list(after, 7));
        !page.isEmpty();
        page = await(processes.list(after, 7))) {
      assertTrue(page.size() <= 7);
      listed.addAll(page);
      after = page.get(page.size() - 1).name();
    }

    List<String> listedNames = listed.stream().map(ProcessRow::name).toList();
    assertEquals(listedNames.stream().sorted().distinct().toList(), listedNames);
    assertTrue(listedNames.containsAll(names));
    assertTrue(listed.contains(new ProcessRow(names.get(0), 0, 4000, ADDRESS, false)));
  }

  @Test
  void aListingBeginsAfterANameThatNeedNotBeThere() {
    register();

    String before = name.substring(0, name.length() - 1);
    assertEquals(name, await(processes.list(before, 1)).get(0).name());
    List<ProcessRow> following = await(processes.list(name, 1));
    assertTrue(following.isEmpty() || following.get(0).name().compareTo(name) > 0);
  }

  @Test
  void nothingIsFencedOrRemovedAfterTheDeadline() {
    register();
    Deadline passed = new Deadline(clock().nanoTime() - 1);

    awaitFailure(DeadlinePassedException.class, processes.fence(name, 0, passed));
    assertRow(new ProcessRow(name, 0, 4000, ADDRESS, false));

    await(processes.fence(name, 0, Deadline.NONE));
    awaitFailure(DeadlinePassedException.class, processes.remove(name, passed));
    assertRow(new ProcessRow(name, 0, 4000, ADDRESS, true));
  }

  private void register() {
    await(processes.register(name, secret, 4000, ADDRESS));
  }

  private void assertRow(ProcessRow row) {
    assertEquals(Optional.of(row), await(processes.read(row.name())));
  }
}
