package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listings while the children change. */
class ListingTest {
  private final ClientWorld world = new ClientWorld();
  private final TestSession writer = world.process().open();
  private final TestProcess process = world.process();
  private final TestSession reader = process.open();

  ListingTest() {
    writer.create("/p", "");
    writer.create("/p/a", "");
    writer.create("/p/b", "");
    reader.children("/p", false);
    process.channel.lose(true);
  }

  private Asked list() {
    return reader.submit(new ClientRequest.GetChildren("/p", false));
  }

  @Test
  void aChildCreatedMeanwhileIsNotThereYet() {
    long view = reader.session.lastZxid();
    PortGate.Hold hold = process.gate.before("children.list");
    Asked reply = list();
    writer.create("/p/c", "");
    hold.release();
    assertEquals(List.of("a", "b"), TestSession.names(world.await(reply)));
    assertEquals(view, reply.join().zxid());
    assertEquals(List.of("a", "b", "c"), reader.children("/p", false));
  }

  @Test
  void aChildDeletedMeanwhileIsStillThere() {
    PortGate.Hold hold = process.gate.before("children.list");
    Asked reply = list();
    writer.delete("/p/b");
    hold.release();
    assertEquals(List.of("a", "b"), TestSession.names(world.await(reply)));
  }

  @Test
  void aChildWhoseItemWasSweptMeanwhileMakesItBeDoneAgain() {
    PortGate.Hold hold = process.gate.before("children.list");
    Asked reply = list();
    long deleted = writer.delete("/p/b").zxid();
    writer.create("/other", "");
    writer.create("/another", "");
    assertEquals(
        1, world.storage.children().list("/p", null).toCompletableFuture().join().items().size());
    hold.release();
    assertEquals(List.of("a"), TestSession.names(world.await(reply)));
    assertTrue(reply.join().zxid() >= deleted);
  }

  @Test
  void aChildThatChangedTwiceMakesTheViewAdvance() {
    PortGate.Hold hold = process.gate.before("children.list");
    Asked reply = list();
    writer.delete("/p/b");
    long created = writer.create("/p/b", "").zxid();
    hold.release();
    assertEquals(List.of("a", "b"), TestSession.names(world.await(reply)));
    assertEquals(created, reply.join().zxid());
  }

  @Test
  void anItemThatALateCopyBroughtBackIsFoundOut() {
    long created = writer.create("/p/ghost", "").zxid();
    writer.delete("/p/ghost");
    writer.create("/other", "");
    writer.create("/another", "");
    world
        .storage
        .children()
        .apply("/p", "ghost", new ChildItem.Version(created, true), null, Deadline.NONE)
        .toCompletableFuture()
        .join();
    assertEquals(List.of("a", "b"), reader.children("/p", false));
    assertEquals(1, process.gate.count("nodes.read /p/ghost"));
    world.time.advance(Duration.ofSeconds(1));
    assertEquals(List.of("a", "b"), items("/p"));
    assertEquals(List.of("a", "b"), reader.children("/p", false));
    assertEquals(1, process.gate.count("nodes.read /p/ghost"));
  }

  @Test
  void aStrayBesideTheNodesOfAnEmptyTreeIsFoundOut() {
    long created = writer.create("/ghost", "").zxid();
    writer.delete("/ghost");
    writer.create("/p/other", "");
    writer.create("/p/another", "");
    world
        .storage
        .children()
        .apply("/", "ghost", new ChildItem.Version(created, true), null, Deadline.NONE)
        .toCompletableFuture()
        .join();
    assertEquals(List.of("p", "zookeeper"), reader.children("/", false));
    world.time.advance(Duration.ofSeconds(1));
    assertEquals(List.of("p", "zookeeper"), items("/"));
  }

  private List<String> items(String parent) {
    return world.storage.children().list(parent, null).toCompletableFuture().join().items().stream()
        .map(ChildItem::name)
        .toList();
  }

  @Test
  void aNodeWithoutChildrenHasNoItemsToRead() {
    process.gate.forgetCalls();
    assertEquals(List.of(), reader.children("/p/a", false));
    assertEquals(List.of("nodes.read /p/a false"), process.gate.calls());
  }

  @Test
  void aMultiReadIsAnsweredAtOneView() {
    PortGate.Hold hold = process.gate.after("nodes.read /p/a");
    Asked reply =
        reader.submit(
            new ClientRequest.MultiRead(
                List.of(
                    new ClientRequest.GetData("/p/a", false),
                    new ClientRequest.GetData("/p/b", false),
                    new ClientRequest.GetData("/none", false),
                    new ClientRequest.GetChildren("/p", false))));
    writer.set("/p/a", "new");
    writer.set("/p/b", "new");
    hold.release();
    // The first part saw the old data, the second was read before the change as well; done again
    // at a later view, both would be new.
    Reply.Reads reads = (Reply.Reads) world.await(reply).body();
    String a = TestSession.text(reads.replies().get(0));
    assertEquals(a, TestSession.text(reads.replies().get(1)));
    assertEquals("NONODE", TestSession.text(reads.replies().get(2)));
    assertEquals(List.of("a", "b"), TestSession.names(reads.replies().get(3)));
  }

  @Test
  void aMultiReadIsDoneAgainWhenOnePartIsAheadOfTheView() {
    PortGate.Hold first = process.gate.after("nodes.read /p/a");
    PortGate.Hold second = process.gate.before("nodes.read /p/b");
    Asked reply =
        reader.submit(
            new ClientRequest.MultiRead(
                List.of(
                    new ClientRequest.GetData("/p/a", false),
                    new ClientRequest.GetData("/p/b", false))));
    writer.set("/p/a", "new");
    long zxid = writer.set("/p/b", "new").zxid();
    first.release();
    second.release();
    Reply.Reads reads = (Reply.Reads) world.await(reply).body();
    assertEquals("new", TestSession.text(reads.replies().get(0)));
    assertEquals("new", TestSession.text(reads.replies().get(1)));
    assertEquals(zxid, reply.join().zxid());
  }

  @Test
  void allChildrenAreCountedBelowANode() {
    writer.create("/p/a/x", "");
    writer.create("/p/a/x/y", "");
    Reply reply = world.await(reader.submit(new ClientRequest.GetAllChildrenNumber("/p")));
    assertEquals(new Reply.Count(4), reply.body());
  }
}
