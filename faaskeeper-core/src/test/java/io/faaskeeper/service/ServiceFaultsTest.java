package io.faaskeeper.service;

import static io.faaskeeper.service.ScriptedProcess.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.LogLines;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.service.FaultCase.Struck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A function dies or is frozen at each of its calls, and the queue delivers the messages again to
 * another one: nothing is lost, nothing happens twice, and storage says in the end what the log
 * says.
 */
final class ServiceFaultsTest {
  @TestFactory
  Stream<DynamicTest> deathAtEachCall() {
    return strikes(ServiceFaultsTest::dies, Sandbox.Fate.DIES_BEFORE, Sandbox.Fate.DIES_AFTER);
  }

  @TestFactory
  Stream<DynamicTest> freezeAtEachCall() {
    return strikes(
        ServiceFaultsTest::freezes, Sandbox.Fate.FREEZES_BEFORE, Sandbox.Fate.FREEZES_AFTER);
  }

  @TestFactory
  Stream<DynamicTest> anotherWritersBatchAtEachCall() {
    return strikes(ServiceFaultsTest::isOvertaken, Sandbox.Fate.FREEZES_BEFORE)
        .filter(test -> !test.getDisplayName().startsWith("DISTRIBUTOR"));
  }

  @TestFactory
  Stream<DynamicTest> aRecursiveWatchAtEachCall() {
    return strikes(ServiceFaultsTest::isWatched, Sandbox.Fate.FREEZES_BEFORE);
  }

  private record Strike(Struck struck, boolean warm, Sandbox.Fate fate, int call) {
    FaultCase begun() {
      FaultCase faults = new FaultCase(struck, warm);
      faults.sandbox.strike(fate, call);
      return faults;
    }

    @Override
    public String toString() {
      return struck + (warm ? ", warm, " : ", cold, ") + fate + " at call " + call;
    }
  }

  private static Stream<DynamicTest> strikes(Consumer<Strike> test, Sandbox.Fate... fates) {
    List<Strike> strikes = new ArrayList<>();
    for (Struck struck : Struck.values()) {
      for (boolean warm : new boolean[] {true, false}) {
        int calls = callsOfASoundFunction(struck, warm);
        for (Sandbox.Fate fate : fates) {
          IntStream.rangeClosed(1, calls)
              .forEach(call -> strikes.add(new Strike(struck, warm, fate, call)));
        }
      }
    }
    return strikes.stream()
        .map(strike -> DynamicTest.dynamicTest(strike.toString(), () -> test.accept(strike)));
  }

  private static int callsOfASoundFunction(Struck struck, boolean warm) {
    FaultCase sound = new FaultCase(struck, warm);
    int before = sound.sandbox.calls();
    assertTrue(sound.world.join(sound.begin()));
    int calls = sound.sandbox.calls() - before;
    sound.recover(true);
    sound.check();
    return calls;
  }

  private static void dies(Strike strike) {
    FaultCase faults = strike.begun();
    try (LogLines batches = LogLines.warnings(LogWriter.class);
        LogLines pushes = LogLines.warnings(Pusher.class)) {
      boolean succeeded = faults.world.join(faults.begin());
      assertTrue(faults.sandbox.struck());
      if (strike.struck() != Struck.DISTRIBUTOR) {
        assertEquals(
            succeeded ? List.of() : List.of("a batch of 2 messages is to be delivered again"),
            batches.lines());
      }
      assertFalse(succeeded && pushes.lines().isEmpty(), "a death that leaves no line in the log");
      faults.recover(succeeded);
    }
    faults.check();
  }

  private static void freezes(Strike strike) {
    FaultCase faults = strike.begun();
    CompletableFuture<Boolean> frozen = faults.begin();
    assertTrue(faults.sandbox.struck());
    faults.recover(false);
    faults.overwriteTheLog();
    Map<String, NodeMeta> before = faults.nodes();
    faults.sandbox.thaw();
    faults.world.join(frozen);
    assertEquals(before, faults.nodes());
    faults.check();
  }

  /** Another writer serves another session meanwhile: both take effect, each once. */
  private static void isOvertaken(Strike strike) {
    long other = FaultCase.S + 1;
    FaultCase faults = strike.begun();
    CompletableFuture<Boolean> frozen = faults.begin();
    Writer writer = faults.world.writer();
    faults.world.open(writer, faults.q, other);
    faults.world.run(
        writer,
        faults.q.message(request(other, 1, 1, LogWriterTest.create("/q", CreateMode.EPHEMERAL))));
    assertInstanceOf(Result.Created.class, faults.q.answer(other, 1, 1));
    faults.sandbox.thaw();
    assertTrue(faults.world.join(frozen), "nothing to be delivered again");
    faults.recover(true);
    faults.check();
    faults.world.run(writer, faults.q.message(request(other, 1, 2, new Operation.Delete("/q", 0))));
    assertInstanceOf(Result.Deleted.class, faults.q.answer(other, 1, 2));
  }

  /** Somebody watches everything from some moment on: all that came later is told. */
  private static void isWatched(Strike strike) {
    FaultCase faults = strike.begun();
    CompletableFuture<Boolean> frozen = faults.begin();
    ScriptedProcess watcher = faults.world.process();
    Watermark armed =
        faults.world.join(
            faults
                .world
                .storage
                .watermarks()
                .watchRecursively("/", new Subscription(watcher.name(), 1))
                .toCompletableFuture());
    faults.sandbox.thaw();
    faults.world.join(frozen);
    faults.recover(true);
    faults.check();

    SortedMap<Long, List<MailboxEvent>> mailbox =
        faults.world.join(
            faults
                .world
                .storage
                .mailbox()
                .read(watcher.name(), armed.zxid(), 7)
                .toCompletableFuture());
    assertEquals(
        IntStream.rangeClosed((int) Math.max(3, armed.zxid() + 1), 7).boxed().toList(),
        mailbox.keySet().stream().map(Long::intValue).toList());
    for (Push push : watcher.pushes()) {
      if (push.generation() >= armed.generation() && push.completeFrom() <= armed.zxid()) {
        assertEquals(
            mailbox.headMap(push.upTo() + 1), push.events().tailMap(armed.zxid() + 1), "a lie");
      }
    }
  }
}
