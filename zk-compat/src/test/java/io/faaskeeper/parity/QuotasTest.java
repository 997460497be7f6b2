package io.faaskeeper.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.SetDataRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is counted where there is a quota, beside a server that does not enforce it. */
@Timeout(60)
final class QuotasTest {
  private static final String QUOTA = "/zookeeper/quota/top";
  private static final String STATS = QUOTA + "/zookeeper_stats";

  private @Nullable SideBySide opened;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    opened = new SideBySide(folder);
    both().play(List.of(new Step.Open(1, 40_000)));
  }

  @AfterEach
  void close() throws Exception {
    both().close();
  }

  /** As the shell's {@code setquota} does it. */
  private void setQuota() throws Exception {
    create(QUOTA, "");
    create(QUOTA + "/zookeeper_limits", "count=2,bytes=10");
    create(STATS, "count=0,bytes=0");
  }

  @Test
  void nodesAndBytesAreCountedAsTheyComeAndGo() throws Exception {
    create("/top", "four");
    create("/top/before", "sixsix");
    setQuota();
    assertEquals("count=2,bytes=10", stats());
    create("/top/before/below", "123");
    assertEquals("count=3,bytes=13", stats());
    ask(OpCode.setData, new SetDataRequest("/top/before", "1".getBytes(UTF_8), -1));
    assertEquals("count=3,bytes=8", stats());
    ask(OpCode.delete, new DeleteRequest("/top/before/below", -1));
    assertEquals("count=2,bytes=5", stats());
  }

  @Test
  void lengthOfTheCountIsThatOfItsData() throws Exception {
    create("/top", "");
    setQuota();
    ask(OpCode.exists, new ExistsRequest(STATS, false));
    for (int i = 0; i < 9; i++) {
      create("/top/" + i, "");
    }
    assertEquals("count=10,bytes=0", stats());
    ask(OpCode.exists, new ExistsRequest(STATS, false));
  }

  @Test
  void nothingIsCountedWhereNothingIs() throws Exception {
    setQuota();
    assertEquals("count=0,bytes=0", stats());
    create("/top", "x");
    assertEquals("count=1,bytes=1", stats());
  }

  /** What both answer. */
  private String stats() throws Exception {
    Record body = ask(OpCode.getData, new GetDataRequest(STATS, false)).body();
    return new String(assertInstanceOf(GetDataResponse.class, body).getData(), UTF_8);
  }

  private void create(String path, String data) throws Exception {
    int mode = CreateMode.PERSISTENT.toFlag();
    ask(OpCode.create, new CreateRequest(path, data.getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, mode));
  }

  private Heard ask(int type, Record body) throws Exception {
    Step step = new Step.Ask(1, RandomCalls.chosen(type, body).call());
    List<Heard> heard = both().play(List.of(step)).get(0);
    Heard last = heard.get(heard.size() - 1);
    assertEquals(0, last.error());
    return last;
  }

  private SideBySide both() {
    return Objects.requireNonNull(opened);
  }
}
