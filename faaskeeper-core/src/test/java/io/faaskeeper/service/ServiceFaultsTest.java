package io.faaskeeper.service;

import static io.faaskeeper.service.ScriptedProcess.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A function dies or is frozen at each of its calls, and the queue delivers the messages again to
 * another one: nothing is lost, nothing happens twice, and storage says in the end what the log
 * says.
 */
final class ServiceFaultsTest {
  private static final long S = 77;

  /** What is in the way of being done when the function is struck. */
  private static List<byte[]> batch(ScriptedProcess p) {
    return List.of(
        p.message(
            request(S, 1, 1, LogWriterTest.create("/a", CreateMode.PERSISTENT)),
            request(S, 1, 2, LogWriterTest.create("/a/e", CreateMode.EPHEMERAL))),
        p.message(
            request(S, 1, 3, new Operation.SetData("/a", new byte[7], 0)),
            request(S, 1, 4, LogWriterTest.create("/a/s-", CreateMode.PERSISTENT_SEQUENTIAL)),
            request(S, 1, 5, new Operation.Delete("/a/e", -1))));
  }

  @TestFactory
  Stream<DynamicTest> deathAtEachCall() {
    return strikes(Sandbox.Fate.DIES_BEFORE, Sandbox.Fate.DIES_AFTER)
        .map(strike -> DynamicTest.dynamicTest(strike.name(), () -> dies(strike)));
  }

  @TestFactory
  Stream<DynamicTest> freezeAtEachCall() {
    return strikes(Sandbox.Fate.FREEZES_BEFORE, Sandbox.Fate.FREEZES_AFTER)
        .map(strike -> DynamicTest.dynamicTest(strike.name(), () -> freezes(strike)));
  }

  private record Strike(Sandbox.Fate fate, int at, boolean warm) {
    String name() {
      return fate + " at call " + at + (warm ? " of a warm writer" : " of a cold writer");
    }
  }

  private static Stream<Strike> strikes(Sandbox.Fate... fates) {
    List<Strike> strikes = new ArrayList<>();
    for (boolean warm : new boolean[] {true, false}) {
      int calls = callsOfASoundBatch(warm);
      for (Sandbox.Fate fate : fates) {
        for (int at = 1; at <= calls; at++) {
          strikes.add(new Strike(fate, at, warm));
        }
      }
    }
    return strikes.stream();
  }

  private static int callsOfASoundBatch(boolean warm) {
    Setup setup = new Setup(warm);
    Sandbox sound = Sandbox.sound();
    Writer writer = setup.writer(sound);
    int before = sound.calls();
    setup.deliver(writer);
    setup.check();
    return sound.calls() - before;
  }

  private static void dies(Strike strike) {
    Setup setup = new Setup(strike.warm());
    Sandbox sandbox = setup.sandbox(strike);
    Writer writer = setup.writer(sandbox);
    setup.deliver(writer);
    assertTrue(sandbox.struck());
    setup.deliver(setup.world.writer());
    setup.check();
  }

  private static void freezes(Strike strike) {
    Setup setup = new Setup(strike.warm());
    Sandbox sandbox = setup.sandbox(strike);
    Writer writer = setup.writer(sandbox);
    CompletableFuture<BitSet> frozen = setup.begin(writer);
    Writer other = setup.world.writer();
    setup.deliver(other);
    // Long enough for the ring to be overwritten.
    for (int i = 6; i < 6 + 2 * ServiceWorld.SLOTS; i++) {
      setup.world.run(
          other, setup.p.message(request(S, 1, i, new Operation.SetData("/a", new byte[7], -1))));
    }
    Map<String, NodeMeta> before = setup.nodes();
    sandbox.thaw();
    setup.world.join(frozen);
    assertEquals(before, setup.nodes());
    setup.check();
  }

  /** A session and its process, and somebody who watches. */
  private static final class Setup {
    final ServiceWorld world = new ServiceWorld();
    final ScriptedProcess p = world.process();
    final ScriptedProcess q = world.process();
    private final boolean warm;
    private final List<byte[]> batch = batch(p);

    Setup(boolean warm) {
      this.warm = warm;
      if (!warm) {
        world.open(world.writer(), p, S);
        subscribe();
      }
    }

    private void subscribe() {
      world.join(
          world
              .storage
              .nodes()
              .subscribe("/a", new Subscription(q.name(), 1), false)
              .toCompletableFuture());
    }

    /** A writer whose next batch is struck; a warm one has opened the session itself. */
    Writer writer(Sandbox sandbox) {
      Writer writer = world.writer(sandbox::wrap);
      if (warm) {
        world.open(writer, p, S);
        subscribe();
      }
      return writer;
    }

    Sandbox sandbox(Strike strike) {
      int before = 0;
      if (warm) {
        ServiceWorld other = new ServiceWorld();
        Sandbox sound = Sandbox.sound();
        ScriptedProcess process = other.process();
        other.process();
        other.open(other.writer(sound::wrap), process, S);
        before = sound.calls();
      }
      return new Sandbox(strike.fate(), before + strike.at());
    }

    CompletableFuture<BitSet> begin(Writer writer) {
      return writer.process(batch, world.deadline()).toCompletableFuture();
    }

    void deliver(Writer writer) {
      world.join(begin(writer));
    }

    Map<String, NodeMeta> nodes() {
      Map<String, NodeMeta> nodes = new TreeMap<>();
      for (String path : List.of("/", "/a", "/a/e", "/a/s-0000000001")) {
        world
            .join(world.storage.nodes().read(path, false).toCompletableFuture())
            .meta()
            .ifPresent(meta -> nodes.put(path, meta));
      }
      return nodes;
    }

    void check() {
      // Another request makes some writer finish what is left.
      world.run(world.writer(), q.message(new Request.Sync(1)));
      answersAreThoseOfOneExecution();
      storageSaysWhatTheLogSays();
      eventsAreComplete();
    }

    private void answersAreThoseOfOneExecution() {
      for (int seq = 1; seq <= 5; seq++) {
        // One that comes again a whole lap later is refused: it was answered long before.
        List<Result> answers =
            p.answers(S, 1, seq).stream().filter(a -> !(a instanceof Result.Refused)).toList();
        assertTrue(!answers.isEmpty(), "request " + seq + " was never answered");
        assertEquals(1, answers.stream().distinct().count(), "request " + seq + ": " + answers);
        assertTrue(answers.get(0).code() == Code.OK);
      }
      assertEquals("/a/s-0000000001", ((Result.Created) p.answers(S, 1, 4).get(0)).path());
    }

    private void storageSaysWhatTheLogSays() {
      Watermark watermark = world.join(world.storage.watermarks().read().toCompletableFuture());
      assertTrue(
          world.join(world.storage.log().read(watermark.record() + 1).toCompletableFuture())
              instanceof Slot.Empty);
      Map<String, NodeMeta> nodes = nodes();
      NodeMeta a = Objects.requireNonNull(nodes.get("/a"));
      assertEquals(1, a.stat().numChildren());
      assertTrue(!nodes.containsKey("/a/e"));
      long living = 0;
      long sum = 0;
      for (ChildItem item :
          world.join(world.storage.children().list("/a", null).toCompletableFuture()).items()) {
        if (item.current().alive()) {
          living++;
          sum += NodeMeta.childHash(item.name(), item.current().zxid());
        }
      }
      assertEquals(1, living);
      assertEquals(a.childSum(), sum);
      List<LogRecord> records = new ArrayList<>();
      for (long n = Math.max(1, watermark.record() - ServiceWorld.SLOTS + 1);
          n <= watermark.record();
          n++) {
        Slot slot = world.join(world.storage.log().read(n).toCompletableFuture());
        records.add(((Slot.Found) slot).record());
      }
      for (int i = 1; i < records.size(); i++) {
        assertEquals(records.get(i - 1).lastZxid() + 1, records.get(i).firstZxid());
      }
    }

    private void eventsAreComplete() {
      List<MailboxEvent.Kind> kinds =
          world
              .join(world.storage.mailbox().read(q.name(), 0, 7).toCompletableFuture())
              .values()
              .stream()
              .flatMap(List::stream)
              .map(MailboxEvent::kind)
              .toList();
      assertEquals(
          List.of(
              MailboxEvent.Kind.CREATED,
              MailboxEvent.Kind.CHILDREN_CHANGED,
              MailboxEvent.Kind.DATA_CHANGED,
              MailboxEvent.Kind.CHILDREN_CHANGED,
              MailboxEvent.Kind.CHILDREN_CHANGED),
          kinds);
    }
  }
}
