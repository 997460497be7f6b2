package io.faaskeeper.service;

import static io.faaskeeper.service.ScriptedProcess.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.LogLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What somebody else puts into the worker queue: it has no effect, leaves one line in the log, and
 * the messages before and behind it in its batch are served.
 */
final class ForgedMessagesTest {
  private static final long S = 77;
  private static final Request FORGED =
      request(S, 1, 2, LogWriterTest.create("/forged", CreateMode.PERSISTENT));

  private final ServiceWorld world = new ServiceWorld();
  private final Writer writer = world.writer();
  private final ScriptedProcess p = world.process();
  private final ScriptedProcess q = world.process();

  private static byte[] sealed(byte[] secret, byte[] message) {
    return Seal.seal(secret, Seal.Direction.TO_WRITER, message);
  }

  private static byte[] naming(String process, Request... requests) {
    return Codec.encode(new RequestMessage(process, "memory:1", List.of(requests)));
  }

  private Map<String, byte[]> forgeries() {
    byte[] whole = p.message(FORGED);
    byte[] flipped = p.message(FORGED);
    flipped[flipped.length - 1] ^= 1;
    byte[] inside = naming(p.name(), FORGED);
    byte[] laterForm = inside.clone();
    laterForm[0] = 99;
    Request removal = new Request.Maintenance(new Operation.DeleteContainer("/a"));
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("nothing", new byte[0]);
    all.put("a seal of nothing", sealed(p.secret(), new byte[0]));
    all.put("garbage", new byte[100]);
    all.put("cut short", Arrays.copyOf(whole, whole.length - 3));
    all.put("too long", Arrays.copyOf(whole, whole.length + 1));
    all.put("changed", flipped);
    all.put("cut short before it was sealed", sealed(p.secret(), Arrays.copyOf(inside, 40)));
    all.put("of a later form", sealed(p.secret(), laterForm));
    all.put("sealed by another process", sealed(q.secret(), inside));
    all.put("turned around", Seal.seal(p.secret(), Seal.Direction.TO_CLIENT, inside));
    all.put("of nobody", sealed(q.secret(), naming("n".repeat(22), FORGED)));
    all.put("of a name with a line of its own", sealed(q.secret(), naming("x\nERROR y", FORGED)));
    all.put("of a name that fits no key", sealed(q.secret(), naming("n".repeat(3_000), FORGED)));
    all.put("of the service", sealed(q.secret(), naming(RequestMessage.SERVICE, removal)));
    all.put("asking for what the service alone may", sealed(q.secret(), naming(q.name(), removal)));
    all.put("naming what can be no child", q.message(new Request.Stray("c", 1)));
    all.put("naming the root as a child", q.message(new Request.Stray("/", 1)));
    all.put(
        "suspecting a name that fits no key",
        q.message(new Request.Suspicion("n".repeat(3_000), 0, 0)));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> aForgedMessageIsDroppedAndTheOthersAreServed() {
    return forgeries().entrySet().stream()
        .map(
            forged ->
                DynamicTest.dynamicTest(
                    forged.getKey(),
                    () -> new ForgedMessagesTest().isDroppedAndLogged(forged.getKey())));
  }

  private void isDroppedAndLogged(String forgery) {
    world.open(writer, p, S);
    byte[] forged = Objects.requireNonNull(forgeries().get(forgery));
    try (LogLines log = LogLines.warnings(Inbox.class)) {
      BitSet again =
          world.run(
              writer,
              p.message(request(S, 1, 1, LogWriterTest.create("/a", CreateMode.CONTAINER))),
              forged,
              p.message(request(S, 1, 2, LogWriterTest.create("/b", CreateMode.PERSISTENT))));
      assertEquals(new BitSet(), again);
      assertEquals(1, log.lines().size(), log.lines()::toString);
      String line = log.lines().get(0);
      assertTrue(line.startsWith("dropped a message of process "), line);
      assertTrue(line.indexOf('\n') < 0 && line.length() < 200, line);
    }
    assertInstanceOf(Result.Created.class, p.answer(S, 1, 1));
    assertEquals("/b", assertInstanceOf(Result.Created.class, p.answer(S, 1, 2)).path());
    assertTrue(exists("/a"));
    assertTrue(!exists("/forged"));
  }

  private boolean exists(String path) {
    return world
        .join(world.storage.nodes().read(path, false).toCompletableFuture())
        .meta()
        .isPresent();
  }

  @Test
  void aReplayedMessageChangesNothingAndIsAnsweredAsBefore() {
    world.open(writer, p, S);
    List<byte[]> sent = new ArrayList<>();
    for (int seq = 1; seq <= 5; seq++) {
      sent.add(
          p.message(
              request(S, 1, seq, LogWriterTest.create("/s-", CreateMode.PERSISTENT_SEQUENTIAL))));
      world.run(writer, sent.get(seq - 1));
    }
    for (byte[] replayed : sent) {
      world.run(world.writer(), replayed, replayed);
    }
    for (int seq = 1; seq <= 5; seq++) {
      assertEquals(1, p.answers(S, 1, seq).stream().distinct().count());
    }
    assertTrue(!exists("/s-0000000006"));
  }
}
