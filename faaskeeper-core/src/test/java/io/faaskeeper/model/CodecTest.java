package io.faaskeeper.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is encoded is decoded to the same value, and the other way round. */
class CodecTest {
  private static final int TRIES = 500;

  @Property(tries = TRIES)
  void messagesGoRound(@ForAll("messages") RequestMessage message) {
    byte[] bytes = Codec.encode(message);

    goesRound(message, bytes, Codec::decodeMessage, Codec::encode);
    assertEquals(message.process(), Codec.senderOf(bytes));
  }

  @Property(tries = TRIES)
  void recordsGoRound(@ForAll("records") LogRecord record) {
    goesRound(record, Codec.encode(record), Codec::decodeRecord, Codec::encode);
  }

  @Property(tries = TRIES)
  void pushesGoRound(@ForAll("pushes") Push push) {
    goesRound(push, Codec.encode(push), Codec::decodePush, Codec::encode);
  }

  @Property(tries = TRIES)
  void sessionsGoRound(@ForAll("sessions") SessionState session) {
    goesRound(session, Codec.encode(session), Codec::decodeSession, Codec::encode);
  }

  @Property(tries = TRIES)
  void eventsGoRound(@ForAll("events") MailboxEvent event) {
    goesRound(event, Codec.encode(event), Codec::decodeEvent, Codec::encode);
  }

  @Property(tries = TRIES)
  void nodesGoRound(
      @ForAll("stats") NodeStat stat, @ForAll("longs") long sum, @ForAll("acls") List<Acl> acl) {
    NodeMeta meta =
        Codec.decodeMeta(Codec.encodeStat(stat, sum), Codec.decodeAcl(Codec.encodeAcl(acl)));

    assertEquals(new NodeMeta(stat, acl, sum), meta);
  }

  @Test
  void anUnknownFormIsNamed() {
    byte[] bytes = Codec.encode(new RequestMessage("p", "a", List.of()));
    bytes[0] = 77;

    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> Codec.decodeMessage(bytes));

    assertTrue(String.valueOf(e.getMessage()).contains("form 77"), e.getMessage());
    assertThrows(MalformedDataException.class, () -> Codec.senderOf(bytes));
  }

  private static <T> void goesRound(
      T value, byte[] bytes, Function<byte[], T> decode, Function<T, byte[]> encode) {
    T decoded = decode.apply(bytes);

    Deep.assertSame(value, decoded);
    assertArrayEquals(bytes, encode.apply(decoded));
  }

  @Provide
  Arbitrary<RequestMessage> messages() {
    return Values.messages();
  }

  @Provide
  Arbitrary<LogRecord> records() {
    return Values.records();
  }

  @Provide
  Arbitrary<Push> pushes() {
    return Values.pushes();
  }

  @Provide
  Arbitrary<SessionState> sessions() {
    return Values.sessions();
  }

  @Provide
  Arbitrary<MailboxEvent> events() {
    return Values.events();
  }

  @Provide
  Arbitrary<NodeStat> stats() {
    return Values.stats();
  }

  @Provide
  Arbitrary<List<Acl>> acls() {
    return Values.acls();
  }

  @Provide
  Arbitrary<Long> longs() {
    return Values.longs();
  }
}
