package io.faaskeeper.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetWatches2;
import org.apache.zookeeper.proto.SyncRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sizes and numbers up to where a ZooKeeper server goes, and one step beyond. */
@Timeout(120)
final class LimitsTest {
  private static final int TIMEOUT_MILLIS = 40_000;
  private static final int BATCH = 500;
  private static final int HEADER_BYTES = 8;

  @TempDir @Nullable Path folder;
  private @Nullable SideBySide both;

  @BeforeEach
  void open() throws Exception {
    if (folder == null) {
      throw new AssertionError("no folder");
    }
    both = new SideBySide(folder);
    play(new Step.Open(1, TIMEOUT_MILLIS));
  }

  @AfterEach
  void close() throws Exception {
    both().close();
  }

  @Test
  void aPacketOfOneMebibyte() throws Exception {
    ask(OpCode.create, create("/a", new byte[0], CreateMode.PERSISTENT));
    int overhead = Dialogue.bytes(new SetDataRequest("/a", new byte[0], -1)).length;
    byte[] most = new byte[BinaryInputArchive.maxBuffer - HEADER_BYTES - overhead];
    most[most.length - 1] = 1;
    ask(OpCode.setData, new SetDataRequest("/a", most, -1));
    GetDataResponse read =
        assertInstanceOf(
            GetDataResponse.class, ask(OpCode.getData, new GetDataRequest("/a", false)).body());
    assertEquals(most.length, read.getData().length);
    byte[] tooMuch = new byte[most.length + 1];
    assertEquals(Heard.END, ask(OpCode.setData, new SetDataRequest("/a", tooMuch, -1)));
    play(new Step.Attach(1, TIMEOUT_MILLIS, true, false, false));
    ask(OpCode.exists, new ExistsRequest("/a", false));
  }

  @Test
  void twentyThousandChildren() throws Exception {
    int children = 20_000;
    ask(OpCode.create, create("/parent", new byte[0], CreateMode.PERSISTENT));
    all(
        children,
        OpCode.create,
        i -> create("/parent/child-" + i, new byte[0], CreateMode.PERSISTENT));
    Record listed = ask(OpCode.getChildren2, new GetChildren2Request("/parent", false)).body();
    assertEquals(
        children, assertInstanceOf(GetChildren2Response.class, listed).getChildren().size());
  }

  @Test
  void tenThousandEphemerals() throws Exception {
    int ephemerals = 10_000;
    play(new Step.Open(2, TIMEOUT_MILLIS));
    all(
        ephemerals,
        OpCode.create,
        i -> create("/ephemeral-" + i, new byte[0], CreateMode.EPHEMERAL));
    ask(2, OpCode.sync, new SyncRequest("/"));
    ask(2, OpCode.exists, new ExistsRequest("/ephemeral-9999", false));
    long begin = System.nanoTime();
    play(new Step.Ask(1, new Call("closeSession", OpCode.closeSession, 0, k -> new byte[0], true)));
    long seconds = (System.nanoTime() - begin) / 1_000_000_000L;
    assertTrue(seconds < 30, "the close took " + seconds + " s");
    ask(2, OpCode.sync, new SyncRequest("/"));
    // Not its Stat: the close of so many is in several steps, each of which has a zxid.
    Record left = ask(2, OpCode.getChildren, new GetChildren2Request("/", false)).body();
    assertEquals(List.of("zookeeper"), children(left));
  }

  private static List<String> children(@Nullable Record record) {
    return assertInstanceOf(org.apache.zookeeper.proto.GetChildrenResponse.class, record)
        .getChildren();
  }

  @Test
  void aMultiOfAThousandOperations() throws Exception {
    Record body = ask(OpCode.multi, multi(1_000, 512)).body();
    assertEquals(1_000, assertInstanceOf(MultiResponse.class, body).getResultList().size());
    ask(OpCode.getChildren2, new GetChildren2Request("/", false));
    assertEquals(Heard.END, ask(OpCode.multi, multi(1_000, 1_024)));
  }

  private static MultiOperationRecord multi(int size, int bytes) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ops.add(
          Op.create(
              "/" + bytes + "-" + i, new byte[bytes], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
    }
    return new MultiOperationRecord(ops);
  }

  @Test
  void fiveThousandWatches() throws Exception {
    int watches = 5_000;
    play(new Step.Open(2, TIMEOUT_MILLIS));
    all(watches, OpCode.create, i -> create("/watched-" + i, new byte[0], CreateMode.PERSISTENT));
    all(watches, OpCode.getData, i -> new GetDataRequest("/watched-" + i, true));
    int writes = both().writes();
    play(new Step.Attach(1, TIMEOUT_MILLIS, true, false, false));
    for (int from = 0; from < watches; from += BATCH) {
      List<String> paths = new ArrayList<>();
      for (int i = from; i < from + BATCH; i++) {
        paths.add("/watched-" + i);
      }
      Call.Body body =
          k ->
              Dialogue.bytes(
                  new SetWatches2(
                      k.zxid(writes), paths, List.of(), List.of(), List.of(), List.of()));
      play(new Step.Ask(1, new Call("setWatches from " + from, OpCode.setWatches2, 0, body, true)));
    }
    for (int from = 0; from < watches; from += BATCH) {
      int first = from;
      asked(2, BATCH, OpCode.setData, i -> new SetDataRequest("/watched-" + (first + i), null, 0));
    }
    List<Heard> heard = play(new Step.Ask(1, RandomCalls.sync().call()));
    assertEquals(watches + 1, heard.size());
  }

  @Test
  void pathsOfTwoKibibytes() throws Exception {
    String flat = "/" + "n".repeat(2_047);
    ask(OpCode.create, create(flat, new byte[1], CreateMode.PERSISTENT_SEQUENTIAL));
    ask(OpCode.create, create(flat, new byte[1], CreateMode.PERSISTENT));
    StringBuilder deep = new StringBuilder();
    while (deep.length() < 2_048) {
      deep.append("/0123456789abcdef0123456789\u00e4\u00e4");
      ask(OpCode.create, create(deep.toString(), new byte[2], CreateMode.PERSISTENT));
    }
    for (String path : List.of(flat, deep.toString())) {
      assertNull(answer(OpCode.setData, new SetDataRequest(path, new byte[3], 7)).body());
      ask(OpCode.setData, new SetDataRequest(path, new byte[3], 0));
      ask(OpCode.getData, new GetDataRequest(path, true));
    }
    ask(OpCode.getChildren2, new GetChildren2Request("/", false));
  }

  private Heard answer(int type, Record body) throws Exception {
    List<Heard> heard = play(new Step.Ask(1, RandomCalls.chosen(type, body).call()));
    return heard.get(heard.size() - 1);
  }

  private static CreateRequest create(String path, byte[] data, CreateMode mode) {
    return new CreateRequest(path, data, Ids.OPEN_ACL_UNSAFE, mode.toFlag());
  }

  /** All of them by the first client, some at once. */
  private void all(int count, int type, IntFunction<Record> body) throws Exception {
    for (int from = 0; from < count; from += BATCH) {
      int first = from;
      asked(1, Math.min(BATCH, count - from), type, i -> body.apply(first + i));
    }
  }

  private void asked(int client, int count, int type, IntFunction<Record> body) throws Exception {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(new Step.Ask(client, RandomCalls.chosen(type, body.apply(i)).call()));
    }
    for (List<Heard> heard : both().play(steps)) {
      assertEquals(0, heard.get(heard.size() - 1).error());
    }
  }

  /** The last that the first client heard, which is no error. */
  private Heard ask(int type, Record body) throws Exception {
    return ask(1, type, body);
  }

  private Heard ask(int client, int type, Record body) throws Exception {
    List<Heard> heard = play(new Step.Ask(client, RandomCalls.chosen(type, body).call()));
    Heard last = heard.get(heard.size() - 1);
    assertEquals(0, last.error());
    return last;
  }

  private List<Heard> play(Step step) throws IOException, InterruptedException {
    return both().play(List.of(step)).get(0);
  }

  private SideBySide both() {
    if (both == null) {
      throw new AssertionError("not open");
    }
    return both;
  }
}
