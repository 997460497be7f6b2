package io.faaskeeper.emulators;

import static io.faaskeeper.emulators.Costs.assertCosts;
import static io.faaskeeper.emulators.Writes.KIBIBYTE;
import static io.faaskeeper.emulators.Writes.PARENT;
import static io.faaskeeper.emulators.Writes.ZXID;
import static io.faaskeeper.emulators.Writes.path;
import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.CallCounts;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each call of a port is billed. A service's operation is billed the sum of its calls. */
class AwsCostTest {
  private static final Subscription ONE = new Subscription(Samples.freshProcess(), 1_000);

  private final Costs costs = new Costs();
  private final NodeStore nodes = costs.ports.nodes();

  @Test
  void setData() {
    TransactionLog log = await(costs.ports.openLog(1024));
    apply(Writes.create(path(0), 1, 1024));

    costs.assertOneWrite(2, () -> log.append(Writes.setDataRecord(1, 1), Deadline.NONE));
    costs.assertOneWrite(2, () -> nodes.apply(Writes.setData(0, ZXID), Deadline.NONE));
    assertSessionAndWatermark();
  }

  @Test
  void create() {
    TransactionLog log = await(costs.ports.openLog(1024));
    apply(Writes.create(PARENT, 1, 10));

    costs.assertOneWrite(2, () -> log.append(Writes.createRecord(1), Deadline.NONE));
    costs.assertOneWrite(2, () -> nodes.apply(Writes.create(path(0), ZXID, 1024), Deadline.NONE));
    costs.assertOneWrite(1, () -> nodes.apply(Writes.touch(PARENT, ZXID, 10), Deadline.NONE));
    assertChild(true);
    assertSessionAndWatermark();
    costs.assertOneWrite(1, () -> costs.ports.owners().put("ttl", path(0), Deadline.NONE));
  }

  @Test
  void delete() {
    TransactionLog log = await(costs.ports.openLog(1024));
    apply(Writes.create(PARENT, 1, 10));
    apply(Writes.create(path(0), 1, 1024));

    costs.assertOneWrite(1, () -> log.append(Writes.deleteRecord(1), Deadline.NONE));
    costs.assertOneWrite(2, () -> nodes.apply(Writes.delete(0, ZXID), Deadline.NONE));
    costs.assertOneWrite(1, () -> nodes.apply(Writes.touch(PARENT, ZXID, 10), Deadline.NONE));
    assertChild(false);
    assertSessionAndWatermark();
    costs.assertOneWrite(
        1,
        () ->
            costs
                .ports
                .children()
                .remove(PARENT, "item-1000", new ChildItem.Version(ZXID, false), Deadline.NONE));
  }

  @Test
  void tenSetDataInOneRecord() {
    TransactionLog log = await(costs.ports.openLog(1024));

    CallCounts append = costs.of(() -> log.append(Writes.setDataRecord(1, 10), Deadline.NONE));

    assertEquals(1, append.total().calls());
    assertTrue(append.total().writeUnits() + 10 * 2 + 1 + 1 <= 35, append::toString);
  }

  @Test
  void aRecordInASlotThatHeldALargerOne() {
    TransactionLog log = await(costs.ports.openLog(2));
    await(log.append(Samples.record(1, 1, Samples.data(500_000, 1)), Deadline.NONE));
    await(log.append(Samples.record(2, 2), Deadline.NONE));

    costs.assertOneWrite(1, () -> log.append(Samples.record(3, 3), Deadline.NONE));
  }

  @Test
  void getData() {
    apply(Writes.create(path(0), 1, 1024));

    costs.assertOneRead(1, () -> nodes.read(path(0), true));
    costs.assertOneRead(1, () -> nodes.read(path(0), false));
    costs.assertOneRead(1, () -> nodes.read(path(1), true));
  }

  @Test
  void armingAWatch() {
    apply(Writes.create(path(0), 1, 1024));

    costs.assertOneWrite(2, () -> nodes.subscribe(path(0), ONE, true));
    costs.assertOneWrite(1, () -> nodes.subscribe(path(1), ONE, true));
  }

  @Test
  void renewing() {
    String process = Samples.freshProcess();
    await(costs.ports.processes().register(process, KIBIBYTE, 4000, "tcp:198.51.100.7:40001"));

    costs.assertOneWrite(1, () -> costs.ports.processes().renew(process, 4000));
    costs.assertOneRead(1, () -> costs.ports.watermarks().read());
    costs.assertOneRead(1, () -> costs.ports.mailbox().read(process, 1, ZXID));
    costs.assertOneRead(1, () -> costs.ports.processes().list(process, 2));
  }

  @Test
  void aChildUnderParentsOfAllSizes() {
    for (int bytes : new int[] {0, 10, 100 * 1024}) {
      String parent = Samples.freshPath();
      apply(Writes.create(parent, 1, bytes));

      costs.assertOneWrite(1, () -> nodes.apply(Writes.touch(parent, ZXID, bytes), Deadline.NONE));
    }
    String parent = Samples.freshPath();
    apply(Writes.create(parent, 1, 3 * 1024));
    costs.assertOneWrite(4, () -> nodes.apply(Writes.touch(parent, ZXID, 3072), Deadline.NONE));
  }

  @Test
  void listingTenThousandChildren() {
    ChildStore children = costs.ports.children();
    String parent = Samples.freshPath(200);
    Stages.awaitAll(
        50,
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    () ->
                        children.apply(
                            parent,
                            "name-of-20-b-" + (1_000_000 + i),
                            new ChildItem.Version(ZXID + i, true),
                            new ChildItem.Version(ZXID - i, false),
                            Deadline.NONE)));

    CallCounts counts = costs.of(() -> children.list(parent, null));

    assertEquals(10_000, await(children.list(parent, null)).items().size());
    assertEquals(1, counts.total().calls());
    assertTrue(counts.total().readUnits() <= 140, counts::toString);
  }

  /** A refused write reports nothing: it is billed by what is stored. */
  @Test
  void whatIsRefused() {
    apply(Writes.create(path(0), 9, 2500));
    costs.assertOneWrite(3, () -> nodes.apply(Writes.setData(0, 8), Deadline.NONE));

    Watermark start = new Watermark(3, 3, 0, false);
    costs.assertOneWrite(1, () -> costs.ports.watermarks().advance(start, 4, 4, Deadline.NONE));
    costs.assertOneWrite(1, () -> costs.ports.processes().renew("nobody", 4000));
  }

  @Test
  void largeData() {
    NodeUpdate update = Writes.create(path(0), ZXID, 100_000);

    assertCosts(2, 0, 99, costs.of(() -> nodes.apply(update, Deadline.NONE)));
    assertCosts(2, 26, 0, costs.of(() -> nodes.read(path(0), true)));
    costs.assertOneRead(1, () -> nodes.read(path(0), false));
    assertArrayEquals(update.data(), await(nodes.read(path(0), true)).data());
    CallCounts deletion = costs.of(() -> nodes.apply(Writes.delete(0, ZXID + 1), Deadline.NONE));
    assertCosts(2, 0, 99, deletion);
    assertEquals(2, deletion.trips());
  }

  private void assertChild(boolean alive) {
    costs.assertOneWrite(
        1,
        () ->
            costs
                .ports
                .children()
                .apply(
                    PARENT, "item-1000", new ChildItem.Version(ZXID, alive), null, Deadline.NONE));
  }

  private void assertSessionAndWatermark() {
    costs.assertOneWrite(
        1, () -> costs.ports.sessions().apply(Writes.session(ZXID), Deadline.NONE));
    costs.assertOneWrite(
        1,
        () ->
            costs
                .ports
                .watermarks()
                .advance(new Watermark(0, 0, 0, false), 1, ZXID, Deadline.NONE));
  }

  private void apply(NodeUpdate update) {
    await(nodes.apply(update, Deadline.NONE));
  }
}
