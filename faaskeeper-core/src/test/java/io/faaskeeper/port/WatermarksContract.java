package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshPath;
import static io.faaskeeper.port.Samples.freshProcess;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitAll;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Watermarks.Advance;
import io.faaskeeper.port.Watermarks.RecursiveWatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Watermarks} must do. To run it on an implementation, extend it and return one
 * from {@link #watermarks}: the same for all tests if nobody else moves it meanwhile, or each time
 * another.
 */
public abstract class WatermarksContract {
  /** The ports to test. */
  protected abstract Watermarks watermarks();

  /** The clock that they tell deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @Test
  void itMovesFromWhatWasExpected() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());
    Watermark moved =
        new Watermark(start.record() + 3, start.zxid() + 30, start.generation(), start.heartbeat());

    Advance advance = await(watermarks.advance(start, moved.record(), moved.zxid(), Deadline.NONE));

    assertEquals(new Advance(true, moved), advance);
    assertEquals(moved, await(watermarks.read()));
  }

  @Test
  void itStaysIfItsRecordIsAnother() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());
    Watermark moved = next(watermarks, start);

    Advance advance = await(watermarks.advance(start, start.record() + 9, 999, Deadline.NONE));

    assertEquals(new Advance(false, moved), advance);
    assertEquals(moved, await(watermarks.read()));
  }

  @Test
  void itStaysIfTheGenerationIsAnother() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());
    Watermark armed =
        await(watermarks.watchRecursively(freshPath(), new Subscription(freshProcess(), 1)));

    Advance advance = await(watermarks.advance(start, start.record() + 1, 999, Deadline.NONE));

    assertEquals(new Advance(false, armed), advance);
    assertEquals(armed, await(watermarks.read()));
  }

  @Test
  void itsZxidAndTheHeartbeatAreNotCompared() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.switchOn());
    Watermark expected = new Watermark(start.record(), start.zxid() + 5, start.generation(), false);

    Advance advance =
        await(watermarks.advance(expected, start.record() + 1, start.zxid() + 1, Deadline.NONE));

    assertTrue(advance.done());
    assertEquals(start.heartbeat(), advance.now().heartbeat());
    assertEquals(start.zxid() + 1, advance.now().zxid());
  }

  @Test
  void theHeartbeatIsSwitchedWithoutTouchingTheRest() {
    Watermarks watermarks = watermarks();
    Watermark w = next(watermarks, await(watermarks.read()));

    for (boolean on : new boolean[] {true, true, false, false, true, false}) {
      Watermark expected = new Watermark(w.record(), w.zxid(), w.generation(), on);
      assertEquals(expected, await(on ? watermarks.switchOn() : watermarks.switchOff(w)));
      assertEquals(expected, await(watermarks.read()));
    }
  }

  @Test
  void theHeartbeatIsSwitchedOffOnlyWhereTheWatermarkWasSeen() {
    Watermarks watermarks = watermarks();
    Watermark seen = await(watermarks.switchOn());
    Watermark now = next(watermarks, seen);

    assertEquals(now, await(watermarks.switchOff(seen)));
    assertEquals(now, await(watermarks.read()));
    assertTrue(now.heartbeat());
    assertFalse(await(watermarks.switchOff(now)).heartbeat());
  }

  @Test
  void whoExpectsTheHeartbeatOnDoesNotMoveWhileItIsOff() {
    Watermarks watermarks = watermarks();
    Watermark on = await(watermarks.switchOn());
    Watermark off = await(watermarks.switchOff(on));

    Advance refused = await(watermarks.advance(on, on.record() + 1, on.zxid() + 1, Deadline.NONE));
    assertFalse(refused.done());
    assertEquals(off, refused.now());

    await(watermarks.switchOn());
    assertTrue(await(watermarks.advance(on, on.record() + 1, on.zxid() + 1, Deadline.NONE)).done());
  }

  @Test
  void aRecursiveWatchMovesTheGenerationAlone() {
    Watermarks watermarks = watermarks();
    Watermark w = next(watermarks, await(watermarks.read()));
    RecursiveWatch watch = new RecursiveWatch(freshPath(), new Subscription(freshProcess(), 4));

    Watermark armed = await(watermarks.watchRecursively(watch.path(), watch.subscription()));

    assertTrue(armed.generation() > w.generation());
    assertEquals(new Watermark(w.record(), w.zxid(), armed.generation(), w.heartbeat()), armed);
    assertEquals(armed, await(watermarks.read()));
    assertTrue(await(watermarks.recursiveWatches()).contains(watch));
  }

  @Test
  void aRecursiveWatchThatIsPutAgainIsOne() {
    Watermarks watermarks = watermarks();
    RecursiveWatch watch = new RecursiveWatch(freshPath(), new Subscription(freshProcess(), 4));
    Watermark first = await(watermarks.watchRecursively(watch.path(), watch.subscription()));

    Watermark second = await(watermarks.watchRecursively(watch.path(), watch.subscription()));

    assertTrue(second.generation() > first.generation());
    assertEquals(1, Collections.frequency(await(watermarks.recursiveWatches()), watch));
  }

  @Test
  void exactlyOneRecursiveWatchIsRemovedAndTheGenerationStays() {
    Watermarks watermarks = watermarks();
    String process = freshProcess();
    String path = freshPath();
    RecursiveWatch old = new RecursiveWatch(path, new Subscription(process, 1));
    List<RecursiveWatch> others =
        List.of(
            new RecursiveWatch(path, new Subscription(process, 2)),
            new RecursiveWatch(path, new Subscription(freshProcess(), 1)),
            new RecursiveWatch(path + "/child", new Subscription(process, 1)));
    watch(watermarks, old);
    others.forEach(w -> watch(watermarks, w));
    Watermark before = await(watermarks.read());

    await(watermarks.unwatchRecursively(path, old.subscription()));
    await(watermarks.unwatchRecursively(path, old.subscription()));

    List<RecursiveWatch> left = await(watermarks.recursiveWatches());
    assertFalse(left.contains(old));
    assertTrue(left.containsAll(others));
    assertEquals(before, await(watermarks.read()));
  }

  @Test
  void anyPathCanBeWatched() {
    Watermarks watermarks = watermarks();
    String process = freshProcess();
    String longPath = freshPath(2048);
    List<RecursiveWatch> all =
        List.of(
            new RecursiveWatch("/", new Subscription(process, 1)),
            new RecursiveWatch(longPath, new Subscription(process, 1)),
            new RecursiveWatch(longPath + "y", new Subscription(process, 1)),
            new RecursiveWatch(freshPath() + Samples.ODD_TEXT, new Subscription(process, 1)));
    all.forEach(w -> watch(watermarks, w));

    assertTrue(await(watermarks.recursiveWatches()).containsAll(all));

    await(watermarks.unwatchRecursively(longPath, new Subscription(process, 1)));
    List<RecursiveWatch> left = await(watermarks.recursiveWatches());
    assertFalse(left.contains(all.get(1)));
    assertTrue(left.contains(all.get(2)));
  }

  @Test
  void manyRecursiveWatchesAreListedEachOnce() {
    Watermarks watermarks = watermarks();
    String process = freshProcess();
    List<RecursiveWatch> all =
        IntStream.range(0, 600)
            .mapToObj(i -> new RecursiveWatch(freshPath(2000), new Subscription(process, i)))
            .toList();

    awaitAll(
        20, all.stream().map(w -> () -> watermarks.watchRecursively(w.path(), w.subscription())));

    List<RecursiveWatch> listed =
        await(watermarks.recursiveWatches()).stream()
            .filter(w -> w.subscription().process().equals(process))
            .toList();
    assertEquals(all.size(), listed.size());
    assertEquals(new HashSet<>(all), new HashSet<>(listed));
  }

  @Test
  void ofManyWhoMoveItAtOnceOneDoes() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());

    List<Advance> advances =
        Race.run(
            6,
            i ->
                await(
                    watermarks.advance(
                        start, start.record() + 1 + i, start.zxid() + 1 + i, Deadline.NONE)));

    List<Advance> done = advances.stream().filter(Advance::done).toList();
    assertEquals(1, done.size());
    assertEquals(done.get(0).now(), await(watermarks.read()));
    advances.forEach(a -> assertEquals(done.get(0).now(), a.now()));
  }

  @Test
  void noMoveIsLostAmongMovesOfAllKinds() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());
    int each = 15;
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(() -> advanceTimes(watermarks, each));
      calls.add(
          () -> {
            for (int k = 0; k < each; k++) {
              await(watermarks.watchRecursively(freshPath(), new Subscription(freshProcess(), k)));
              await(watermarks.switchOn());
            }
            return true;
          });
    }

    Race.run(calls);

    Watermark end = await(watermarks.read());
    assertEquals(start.record() + 3L * each, end.record());
    assertEquals(start.zxid() + 30L * each, end.zxid());
    assertTrue(end.heartbeat());
    assertTrue(end.generation() >= start.generation() + 3L * each);
  }

  @Test
  void whoeverSeesTheGenerationSeesTheWatch() {
    Watermarks watermarks = watermarks();
    record Seen(Watermark before, Set<RecursiveWatch> watches) {}
    record Put(RecursiveWatch watch, Watermark armed) {}
    List<Seen> seen = new ArrayList<>();
    List<Put> put = new ArrayList<>();
    AtomicInteger left = new AtomicInteger(20);

    Race.run(
        List.<Callable<Boolean>>of(
            () -> {
              while (left.getAndDecrement() > 0) {
                RecursiveWatch watch =
                    new RecursiveWatch(freshPath(), new Subscription(freshProcess(), 1));
                put.add(new Put(watch, watch(watermarks, watch)));
              }
              return true;
            },
            () -> {
              while (left.get() > 0) {
                Watermark before = await(watermarks.read());
                seen.add(new Seen(before, new HashSet<>(await(watermarks.recursiveWatches()))));
              }
              return true;
            }));

    for (Seen s : seen) {
      for (Put p : put) {
        assertTrue(
            s.before.generation() < p.armed.generation() || s.watches.contains(p.watch),
            () -> s.before + " without the watch that was armed at " + p.armed);
      }
    }
  }

  @Test
  void nothingMovesAfterTheDeadline() {
    Watermarks watermarks = watermarks();
    Watermark start = await(watermarks.read());

    awaitFailure(
        DeadlinePassedException.class,
        watermarks.advance(
            start, start.record() + 1, start.zxid() + 1, new Deadline(clock().nanoTime() - 1)));

    assertEquals(start, await(watermarks.read()));
  }

  private static boolean advanceTimes(Watermarks watermarks, int times) {
    Watermark now = await(watermarks.read());
    for (int k = 0; k < times; ) {
      Advance advance =
          await(watermarks.advance(now, now.record() + 1, now.zxid() + 10, Deadline.NONE));
      k += advance.done() ? 1 : 0;
      now = advance.now();
    }
    return true;
  }

  private static Watermark watch(Watermarks watermarks, RecursiveWatch watch) {
    return await(watermarks.watchRecursively(watch.path(), watch.subscription()));
  }

  private static Watermark next(Watermarks watermarks, Watermark from) {
    return await(watermarks.advance(from, from.record() + 1, from.zxid() + 10, Deadline.NONE))
        .now();
  }
}
