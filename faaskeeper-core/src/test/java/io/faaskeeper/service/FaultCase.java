package io.faaskeeper.service;

import static io.faaskeeper.service.ScriptedProcess.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/**
 * A session, its process, and somebody who watches; one function that is to be struck while a batch
 * of five requests is served; and what must hold in the end, whatever happened.
 */
final class FaultCase {
  static final long S = 77;

  /** Which function is struck. */
  enum Struck {
    INLINE_WRITER,
    WRITER,
    DISTRIBUTOR
  }

  final ServiceWorld world = new ServiceWorld();
  final ScriptedProcess p = world.process();
  final ScriptedProcess q = world.process();

  /** Of the function that is struck. */
  final Sandbox sandbox = new Sandbox();

  private final Struck struck;
  private final List<byte[]> batch =
      List.of(
          p.message(
              request(S, 1, 1, LogWriterTest.create("/a", CreateMode.PERSISTENT)),
              request(S, 1, 2, LogWriterTest.create("/a/e", CreateMode.EPHEMERAL))),
          p.message(
              request(S, 1, 3, new Operation.SetData("/a", new byte[7], 0)),
              request(S, 1, 4, LogWriterTest.create("/a/s-", CreateMode.PERSISTENT_SEQUENTIAL)),
              request(S, 1, 5, new Operation.Delete("/a/e", -1))));
  private final Supplier<CompletionStage<Boolean>> function;
  private long woken;

  /**
   * Opens the session, and makes the function.
   *
   * @param warm whether the function has served the session's creation
   */
  FaultCase(Struck struck, boolean warm) {
    this.struck = struck;
    if (struck == Struck.DISTRIBUTOR) {
      Distributor distributor = world.distributor(sandbox::wrap);
      world.open(writer(), p, S);
      if (warm) {
        world.join(distributor.distribute(world.deadline()).toCompletableFuture());
      } else {
        distribute();
      }
      function =
          () ->
              distributor
                  .distribute(world.deadline())
                  .handle((nothing, failure) -> failure == null);
    } else {
      Writer writer =
          struck == Struck.WRITER
              ? world.writer(sandbox::wrap, sandbox.wrap(DistributorQueue.class, this::wake))
              : world.writer(sandbox::wrap);
      world.open(warm ? writer : writer(), p, S);
      if (struck == Struck.WRITER) {
        distribute();
      }
      function = () -> writer.process(batch, world.deadline()).thenApply(BitSet::isEmpty);
    }
    world.join(
        world
            .storage
            .nodes()
            .subscribe("/a", new Subscription(q.name(), 1), false)
            .toCompletableFuture());
  }

  private CompletionStage<Void> wake(long record) {
    woken = Math.max(woken, record);
    return CompletableFuture.completedStage(null);
  }

  /** Another writer, to which nothing happens. */
  private Writer writer() {
    return struck == Struck.INLINE_WRITER
        ? world.writer()
        : world.writer(ports -> ports, this::wake);
  }

  private void distribute() {
    world.join(
        world.distributor(ports -> ports).distribute(world.deadline()).toCompletableFuture());
  }

  /** Lets the function serve the batch; tells whether it succeeds. */
  CompletableFuture<Boolean> begin() {
    if (struck == Struck.DISTRIBUTOR) {
      assertEquals(new BitSet(), deliver());
    }
    return function.get().toCompletableFuture();
  }

  private BitSet deliver() {
    return world.join(writer().process(batch, world.deadline()).toCompletableFuture());
  }

  /**
   * What the queues and the client do about a function that did not get to the end.
   *
   * @param succeeded what it said
   */
  void recover(boolean succeeded) {
    if (struck == Struck.DISTRIBUTOR) {
      if (!succeeded) {
        distribute();
      }
      assertEquals(3, watermark().record());
    }
    // The queue delivers again, or the client sends again what was not answered.
    assertEquals(new BitSet(), deliver());
    if (woken > watermark().record()) {
      distribute();
    }
  }

  /** Others go on, so that the whole log is overwritten. */
  void overwriteTheLog() {
    Writer writer = world.writer();
    for (int i = 6; i < 6 + 2 * ServiceWorld.SLOTS; i++) {
      world.run(writer, p.message(request(S, 1, i, new Operation.SetData("/a", new byte[7], -1))));
    }
  }

  private Watermark watermark() {
    return world.join(world.storage.watermarks().read().toCompletableFuture());
  }

  /** All that is stored of the nodes. */
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

  /** Nothing was lost, nothing done twice, and storage says what the log says. */
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
      assertFalse(answers.isEmpty(), "request " + seq + " was never answered");
      assertEquals(1, answers.stream().distinct().count(), "request " + seq + ": " + answers);
      assertEquals(Code.OK, answers.get(0).code());
    }
    assertEquals("/a/s-0000000001", ((Result.Created) p.answers(S, 1, 4).get(0)).path());
  }

  private void storageSaysWhatTheLogSays() {
    Watermark watermark = watermark();
    assertInstanceOf(
        Slot.Empty.class,
        world.join(world.storage.log().read(watermark.record() + 1).toCompletableFuture()));
    Map<String, NodeMeta> nodes = nodes();
    NodeMeta a = Objects.requireNonNull(nodes.get("/a"));
    assertEquals(1, a.stat().numChildren());
    assertFalse(nodes.containsKey("/a/e"));
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
            .join(world.storage.mailbox().read(q.name(), 0, 100).toCompletableFuture())
            .values()
            .stream()
            .flatMap(List::stream)
            .map(MailboxEvent::kind)
            .limit(5)
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
