package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.LogLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a stranger sends to the process's channel: nobody believes it, one line in the log tells of
 * it, and the real pushes go on.
 */
class ForgedPushTest {
  private final ClientWorld world = new ClientWorld();
  private final TestSession writer = world.process().open();
  private final TestProcess process = world.process();
  private final TestSession reader = process.open();

  /** Says that the reader's request was refused, and that everything is applied. */
  private Push lie(String name) {
    Push.Answer answer =
        new Push.Answer(
            1_000, reader.session.id(), 1, 1, 0, new Result.Failed(Code.NOAUTH), new byte[0]);
    return new Push(name, 9, 0, 1_000, new TreeMap<>(), List.of(answer), List.of());
  }

  private static byte[] sealed(byte[] secret, byte[] message) {
    return Seal.seal(secret, Seal.Direction.TO_CLIENT, message);
  }

  private Map<String, byte[]> forgeries() {
    byte[] secret = process.secret();
    byte[] lie = Codec.encode(lie(process.name()));
    byte[] strange = new byte[Seal.SECRET_BYTES];
    byte[] flipped = sealed(strange, lie);
    flipped[40] ^= 1;
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("nothing", new byte[0]);
    all.put("short garbage", "GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
    all.put("long garbage", new byte[100_000]);
    all.put("without a seal", lie);
    all.put("sealed by a stranger", sealed(strange, lie));
    all.put("changed", flipped);
    all.put("turned around", Seal.seal(secret, Seal.Direction.TO_WRITER, lie));
    all.put("cut short before it was sealed", sealed(secret, Arrays.copyOf(lie, lie.length - 1)));
    all.put("for another process", sealed(secret, Codec.encode(lie("somebody"))));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> aForgedPushIsDropped() {
    return forgeries().keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> new ForgedPushTest().isDropped(name)));
  }

  private void isDropped(String forgery) {
    writer.create("/w", "old");
    assertEquals("old", reader.data("/w", true));
    PortGate.Hold hold = process.gate.before("queue.send");
    Asked asked = reader.write(TestSession.creation("/a", "", CreateMode.PERSISTENT));
    byte[] forged = Objects.requireNonNull(forgeries().get(forgery));
    try (LogLines log = LogLines.warnings(PushGate.class)) {
      for (int i = 0; i < 100; i++) {
        process.channel.inject(forged);
      }
      assertEquals(1, log.lines().size(), log.lines()::toString);
      String line = log.lines().get(0);
      assertTrue(line.startsWith("dropped a message at the client channel (1 so far): "), line);
    }
    assertFalse(asked.isDone());
    assertEquals(List.of(), reader.news());

    hold.release();
    assertEquals(Code.OK, asked.join().code());
    writer.set("/w", "new");
    assertEquals(List.of("NodeDataChanged /w"), reader.news());
    assertEquals("new", reader.data("/w", false));
  }

  @Test
  void aRecordedPushThatIsPlayedAgainChangesNothing() {
    process.channel.hold();
    Asked first = reader.write(TestSession.creation("/a", "", CreateMode.PERSISTENT));
    byte[] recorded = process.channel.take();
    process.channel.inject(recorded);
    process.channel.release();
    assertEquals(Code.OK, first.join().code());
    long zxid = reader.session.lastZxid();
    PortGate.Hold hold = process.gate.before("queue.send");
    Asked second = reader.write(TestSession.creation("/a", "", CreateMode.PERSISTENT));
    process.channel.inject(recorded);
    assertFalse(second.isDone());
    assertEquals(zxid, reader.session.lastZxid());
    hold.release();
    assertEquals(Code.NODEEXISTS, second.join().code());
  }
}
