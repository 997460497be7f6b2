package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeStat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Between our values and ZooKeeper's records. */
final class Jute {
  /** The schemes that look at the id. */
  private static final Set<String> WITH_ID = Set.of("world", "digest", "ip", "x509");

  private Jute() {}

  static Stat stat(NodeStat s) {
    return new Stat(
        s.czxid(),
        s.mzxid(),
        s.ctime(),
        s.mtime(),
        s.version(),
        s.cversion(),
        s.aversion(),
        s.ephemeralOwner(),
        s.dataLength(),
        s.numChildren(),
        s.pzxid());
  }

  static List<ACL> acls(List<Acl> acl) {
    List<ACL> records = new ArrayList<>(acl.size());
    for (Acl a : acl) {
      records.add(new ACL(a.perms(), new Id(a.scheme(), a.id())));
    }
    return records;
  }

  /**
   * The ACL of a request. No list is an empty one, no scheme an unknown one: both are refused as an
   * invalid ACL, as by ZooKeeper. Where a scheme has no use for an id, none is an empty one.
   */
  static List<Acl> acl(@Nullable List<ACL> records) throws IOException {
    if (records == null) {
      return List.of();
    }
    List<Acl> acl = new ArrayList<>(records.size());
    for (ACL a : records) {
      Id id = a.getId();
      String scheme = id.getScheme() == null ? "" : id.getScheme();
      boolean idMatters = WITH_ID.contains(scheme);
      String value = id.getId() == null && !idMatters ? "" : present(id.getId());
      acl.add(new Acl(a.getPerms(), scheme, value));
    }
    return acl;
  }

  /** A text without which the request can't be read. */
  static String present(@Nullable String text) throws IOException {
    if (text == null) {
      throw new IOException("a text is missing");
    }
    return text;
  }

  static byte[] orEmpty(byte @Nullable [] data) {
    return data == null ? new byte[0] : data;
  }

  /** A frame of one or two records. */
  static ByteBuffer frame(Record header, @Nullable Record body) {
    Bytes bytes = new Bytes();
    try {
      BinaryOutputArchive out = BinaryOutputArchive.getArchive(bytes);
      header.serialize(out, "header");
      if (body != null) {
        body.serialize(out, "response");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toBuffer();
  }

  /** Lends its bytes instead of copying them. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes() {
      super(128);
    }

    ByteBuffer toBuffer() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
