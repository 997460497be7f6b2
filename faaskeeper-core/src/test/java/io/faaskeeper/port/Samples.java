package io.faaskeeper.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

/** Values for tests: names that nobody used before, and contents by number. */
public final class Samples {
  /** Letters, an umlaut, an ideograph, an emoji, and what a careless store would choke on. */
  public static final String ODD_TEXT = "a\u00e4\u6c34\ud83d\ude00 #:%'\"&<\n\t\uffee";

  private static final SecureRandom RANDOM = new SecureRandom();

  private Samples() {}

  /** A path that nothing is stored of. */
  public static String freshPath() {
    return "/" + UUID.randomUUID();
  }

  /** A path of {@code bytes} bytes, fresh, of several components. */
  public static String freshPath(int bytes) {
    String path = (freshPath() + "/component".repeat(bytes / 10)).substring(0, bytes - 1);
    return path + "x";
  }

  public static byte[] freshSecret() {
    byte[] secret = new byte[Seal.SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return secret;
  }

  public static String freshProcess() {
    return Seal.processName(freshSecret());
  }

  public static long freshNumber() {
    return RANDOM.nextLong();
  }

  /** Bytes that differ from place to place and from seed to seed. */
  public static byte[] data(int length, int seed) {
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (31 * seed + i + (i >> 8));
    }
    return data;
  }

  /** The Stat of a node that was created at 1 and last written at {@code zxid}. */
  public static NodeStat stat(long zxid, int dataLength) {
    return new NodeStat(1, zxid, 1000, 1000 + zxid, (int) zxid - 1, 2, 3, 4, dataLength, 5, 6);
  }

  public static List<Acl> acl(String id) {
    return List.of(new Acl(31, "digest", id), new Acl(1, "world", "anyone"));
  }

  /** A living node's update, with its whole state. */
  public static NodeUpdate alive(String path, long zxid, byte[] data) {
    return new NodeUpdate(
        path, zxid, true, stat(zxid, data.length), 77 * zxid, acl("u:" + zxid), data);
  }

  /** A deletion. */
  public static NodeUpdate gone(String path, long zxid) {
    return new NodeUpdate(path, zxid, false, stat(zxid, 0), 0, null, null);
  }

  /** A record that creates a node with this data. */
  public static LogRecord record(long number, long attempt, byte[] data) {
    NodeStat stat = stat(number, data.length);
    String path = "/" + ODD_TEXT + number;
    NodeChange created =
        new NodeChange(path, NodeChange.Kind.CREATED, stat, 9, acl(ODD_TEXT + ":" + attempt), data);
    return new LogRecord(
        number,
        attempt,
        List.of(LogEntry.ofService(number, new Result.Created(path, stat), List.of(created))));
  }

  /** A small record. */
  public static LogRecord record(long number, long attempt) {
    return record(number, attempt, ("data of " + attempt).getBytes(StandardCharsets.UTF_8));
  }

  public static void assertSame(LogRecord expected, LogRecord actual) {
    assertArrayEquals(Codec.encode(expected), Codec.encode(actual));
  }
}
