package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.StoredNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;

/** The rules of the view, each in a situation in which it matters. */
class ViewRulesTest {
  private final ClientWorld world = new ClientWorld();
  private final TestSession writer = world.process().open();
  private final TestProcess process = world.process();
  private final TestSession reader = process.open();

  private Asked read(String path) {
    return reader.submit(path, new ClientRequest.GetData(path, false));
  }

  @Test
  void aReadOfWhatTheViewHasSeenIsOneCall() {
    writer.create("/a", "one");
    reader.data("/a", false);
    process.gate.forgetCalls();
    reader.data("/a", false);
    assertEquals(List.of("nodes.read /a true"), process.gate.calls());
  }

  @Test
  void aReadAheadOfTheViewBringsTheEventsBeforeItAndNoneAfterIt() {
    writer.create("/a", "");
    writer.create("/w", "");
    writer.create("/z", "");
    reader.data("/w", true);
    reader.data("/z", true);
    process.channel.lose(true);
    writer.set("/w", "new");
    long zxid = writer.set("/a", "new").zxid();
    writer.set("/z", "new");
    PortGate.Hold hold = process.gate.before("nodes.read /a");
    Asked asked = read("/a");
    hold.release();
    Reply reply = world.await(asked);
    assertEquals(zxid, reply.zxid());
    assertEquals("new", TestSession.text(reply));
    assertEquals(List.of("NodeDataChanged /w", "reply /a", "NodeDataChanged /z"), reader.news());
  }

  @Test
  void aReadAheadOfTheViewWaitsForTheWatermark() {
    writer.create("/a", "one");
    reader.data("/a", false);
    PortGate.Hold hold = world.serviceGate.before("watermarks.advance");
    writer.submit(
        new ClientRequest.Write(new Operation.SetData("/a", TestSession.bytes("two"), -1)));
    process.gate.forgetCalls();
    Asked reply = read("/a");
    world.passMillis(150);
    assertFalse(reply.isDone());
    assertTrue(process.gate.count("watermarks.read") > 4, "it looks again and again");
    assertEquals(0, process.gate.count("queue.send"));
    world.passMillis(150);
    assertEquals(1, process.gate.count("queue.send"), "it makes some writer finish");
    assertTrue(process.gate.count("watermarks.read") < 20, "with growing delays");
    hold.release();
    world.passMillis(60);
    assertEquals("two", TestSession.text(reply.join()));
  }

  /** In tables large data is in parts: while these are replaced, a node can't be told at all. */
  @Test
  void aNodeThatSeemsToBeGoneAheadOfTheViewIsReadAgain() {
    writer.create("/a", "one");
    reader.data("/a", false);
    long next = world.watermark() + 1;
    process.gate.instead("nodes.read /a", StoredNode.gone(next, Set.of()));
    PortGate.Hold hold = world.serviceGate.before("watermarks.advance");
    writer.submit(
        new ClientRequest.Write(new Operation.SetData("/a", TestSession.bytes("two"), -1)));
    Asked reply = read("/a");
    hold.release();
    world.passMillis(300);
    assertEquals(next, reply.join().zxid());
    assertEquals("two", TestSession.text(reply.join()));
  }

  @Test
  void readsInFlightShareOneViewAndLaterOnesWaitForItToMove() {
    writer.create("/a", "one");
    writer.create("/b", "one");
    writer.create("/w", "");
    reader.data("/w", true);
    PortGate.Hold hold = process.gate.after("nodes.read /a");
    Asked first = read("/a");
    long zxid = writer.set("/w", "new").zxid();
    Asked second = read("/b");
    assertEquals(0, process.gate.count("nodes.read /b"));
    assertEquals(List.of(), reader.news());
    hold.release();
    assertTrue(first.join().zxid() < zxid);
    assertEquals(zxid, second.join().zxid());
    assertEquals(List.of("reply /a", "NodeDataChanged /w", "reply /b"), reader.news());
  }

  @Test
  void aReadBehindOneThatAdvancedTheViewIsDoneAgain() {
    writer.create("/a", "old");
    writer.create("/b", "old");
    reader.data("/b", false);
    process.channel.lose(true);
    PortGate.Hold first = process.gate.before("nodes.read /a");
    PortGate.Hold second = process.gate.after("nodes.read /b");
    Asked a = read("/a");
    Asked b = read("/b");
    writer.set("/b", "new");
    long zxid = writer.set("/a", "new").zxid();
    first.release();
    second.release();
    assertEquals(zxid, world.await(a).zxid());
    assertEquals("new", TestSession.text(world.await(b)));
    assertEquals(zxid, b.join().zxid());
  }

  @Test
  void anAnswerComesAfterTheEventsBeforeIt() {
    writer.create("/w", "");
    reader.create("/x", "");
    reader.data("/w", true);
    process.channel.hold();
    writer.set("/w", "new");
    process.channel.take();
    Asked reply =
        reader.submit("x", new ClientRequest.Write(new Operation.SetData("/x", new byte[0], -1)));
    process.gate.forgetCalls();
    process.channel.release();
    assertEquals(1, process.gate.count("mailbox.read"), "the push told less than all");
    assertTrue(reply.isDone());
    assertEquals(List.of("NodeDataChanged /w", "reply x"), reader.news());
  }

  @Test
  void aPushThatIsCompleteNeedsNoStorageCall() {
    writer.create("/w", "");
    reader.create("/x", "");
    reader.data("/w", true);
    process.gate.forgetCalls();
    writer.set("/w", "new");
    reader.set("/x", "new");
    assertEquals(List.of("NodeDataChanged /w"), reader.news());
    assertEquals(0, process.gate.count("mailbox.read"));
    assertEquals(0, process.gate.count("watermarks.read"));
  }

  @Test
  void whoWatchesNothingDoesNotReadTheMailbox() {
    reader.create("/x", "");
    process.channel.hold();
    Asked lost = reader.write(new Operation.SetData("/x", new byte[0], -1));
    process.channel.take();
    writer.create("/y", "");
    Asked second = reader.write(new Operation.SetData("/x", new byte[0], -1));
    process.gate.forgetCalls();
    process.channel.release();
    world.await(second);
    assertTrue(lost.isDone());
    assertEquals(0, process.gate.count("mailbox.read"));
  }

  @Test
  void lateAndDoublePushesAreIgnored() {
    writer.create("/w", "");
    reader.create("/x", "");
    reader.data("/w", true);
    process.channel.hold();
    writer.set("/w", "one");
    byte[] event = process.channel.take();
    reader.submit("x", new ClientRequest.Write(new Operation.SetData("/x", new byte[0], -1)));
    byte[] answer = process.channel.take();
    process.channel.inject(answer);
    process.channel.inject(event);
    process.channel.inject(answer);
    process.channel.inject(event);
    assertEquals(List.of("NodeDataChanged /w", "reply x"), reader.news());
    reader.data("/w", true);
    process.channel.inject(event);
    assertEquals(List.of(), reader.news());
  }

  @Test
  void syncBringsTheViewToTheEndOfTheLog() {
    writer.create("/w", "");
    reader.data("/w", true);
    process.channel.lose(true);
    long zxid = writer.set("/w", "new").zxid();
    process.channel.lose(false);
    Reply reply = world.await(reader.submit("sync", new ClientRequest.Sync("/w")));
    assertTrue(reply.zxid() >= zxid);
    assertEquals(List.of("NodeDataChanged /w", "reply sync"), reader.news());
  }

  @Test
  void theViewMovesWhileASyncIsOnItsWay() {
    writer.create("/w", "");
    reader.data("/w", true);
    PortGate.Hold hold = process.gate.before("queue.send");
    reader.submit("sync", new ClientRequest.Sync("/w"));
    writer.set("/w", "new");
    assertEquals(List.of("NodeDataChanged /w"), reader.news());
    hold.release();
    assertEquals(List.of("reply sync"), reader.news());
  }

  /** A push for the reader's process as a distributor would seal it. */
  private void inject(long generation, long completeFrom, long upTo) {
    Push push =
        new Push(
            process.name(), generation, completeFrom, upTo, new TreeMap<>(), List.of(), List.of());
    process.channel.inject(
        Seal.seal(process.secret(), Seal.Direction.TO_CLIENT, Codec.encode(push)));
  }

  @Test
  void aPushOfAnOlderGenerationIsNotTakenForComplete() {
    writer.create("/r", "");
    reader.addWatch("/r", AddWatchMode.PERSISTENT_RECURSIVE);
    long before = reader.session.lastZxid();
    process.channel.lose(true);
    long zxid = writer.create("/r/x", "").zxid();
    inject(0, before, zxid);
    world.passMillis(10);
    assertEquals(List.of("NodeCreated /r/x"), reader.news());
    assertEquals(zxid, reader.session.lastZxid());
  }

  @Test
  void withARecursiveWatchTheMailboxCountsOnlyUpToTheWatermark() {
    writer.create("/r", "");
    reader.addWatch("/r", AddWatchMode.PERSISTENT_RECURSIVE);
    process.channel.lose(true);
    PortGate.Hold hold = world.serviceGate.before("watermarks.advance");
    writer.submit(new ClientRequest.Write(TestSession.creation("/r/x", "", CreateMode.PERSISTENT)));
    process.gate.forgetCalls();
    long zxid = world.watermark() + 1;
    inject(0, Push.NEVER, zxid);
    world.passMillis(100);
    assertEquals(0, process.gate.count("mailbox.read"));
    assertTrue(process.gate.count("watermarks.read") > 2);
    hold.release();
    world.passMillis(100);
    assertEquals(List.of("NodeCreated /r/x"), reader.news());
  }

  @Test
  void whatWasLearnedBeforeARecursiveWatchWasPutDoesNotCountForIt() {
    TestSession second = process.open();
    writer.create("/r", "");
    writer.create("/w", "");
    second.data("/w", true);
    process.channel.lose(true);
    PortGate.Hold mailbox = process.gate.after("mailbox.read");
    PortGate.Hold advance = world.serviceGate.before("watermarks.advance");
    long from = world.watermark();
    writer.submit(new ClientRequest.Write(TestSession.creation("/r/x", "", CreateMode.PERSISTENT)));
    // The second session makes the process read its mailbox up to what a push proved to be applied.
    inject(0, Push.NEVER, from + 1);
    assertEquals(1, mailbox.size());
    // Only then the first adds its watch, which is armed where the watermark still is.
    Asked added =
        reader.submit(new ClientRequest.AddWatch("/r", AddWatchMode.PERSISTENT_RECURSIVE));
    assertTrue(added.isDone());
    long armed = added.join().zxid();
    mailbox.release();
    advance.release();
    world.passMillis(100);
    reader.data("/r", false);
    List<String> expected = armed > from ? List.of() : List.of("NodeCreated /r/x");
    assertEquals(expected, reader.news());
  }
}
