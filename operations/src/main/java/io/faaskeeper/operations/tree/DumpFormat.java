package io.faaskeeper.operations.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.zookeeper.common.PathUtils;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.EphemeralType;

/**
 * The lines of a dump, each one JSON object:
 *
 * <pre>
 * {"faaskeeper-dump": 1, "source": "...", "path": "/", "time": "2026-01-01T00:00:00Z", "modes": true}
 * {"path": "/a", "data": "aGVsbG8=", "acl": [{"perms": "cdrwa", "scheme": "world", "id": "anyone"}],
 *  "mode": "persistent", "stat": {"czxid": 7, ...}}
 * {"end": {"nodes": 1, "bytes": 5, "ephemerals": 0, "vanished": 0}}
 * </pre>
 *
 * <p>A node follows its parent, with all that is below it before its next sibling. {@code data} is
 * Base64, and not there if the node has no data; {@code mode} is {@code persistent}, {@code
 * container}, or {@code ttl} with {@code ttl} in milliseconds beside it. What can't be read is an
 * {@link IllegalArgumentException} that says why.
 */
final class DumpFormat {
  static final String MAGIC = "faaskeeper-dump";
  static final int VERSION = 1;
  static final String END = "end";

  private static final String PERMS = "rwcda";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DumpFormat() {}

  static ObjectNode json(DumpHeader header) {
    return JSON.objectNode()
        .put(MAGIC, VERSION)
        .put("source", header.source())
        .put("path", header.path())
        .put("time", header.time())
        .put("modes", header.modes());
  }

  static DumpHeader header(JsonNode line) {
    if (!line.path(MAGIC).isInt()) {
      throw new IllegalArgumentException("does not begin a dump");
    }
    if (line.path(MAGIC).intValue() != VERSION) {
      throw new IllegalArgumentException(
          "is of version " + line.path(MAGIC) + "; this program reads version " + VERSION);
    }
    return new DumpHeader(
        text(line, "source"), path(line), text(line, "time"), line.path("modes").booleanValue());
  }

  static ObjectNode json(DumpCounts counts) {
    ObjectNode line = JSON.objectNode();
    line.putObject(END)
        .put("nodes", counts.nodes())
        .put("bytes", counts.bytes())
        .put("ephemerals", counts.ephemerals())
        .put("vanished", counts.vanished());
    return line;
  }

  static DumpCounts counts(JsonNode line) {
    JsonNode end = line.path(END);
    return new DumpCounts(
        number(end, "nodes"),
        number(end, "bytes"),
        number(end, "ephemerals"),
        number(end, "vanished"));
  }

  static ObjectNode json(DumpedNode node) {
    ObjectNode line = JSON.objectNode().put("path", node.path());
    if (node.data() != null) {
      line.put("data", Base64.getEncoder().encodeToString(node.data()));
    }
    ArrayNode acl = line.putArray("acl");
    for (ACL entry : node.acl()) {
      acl.addObject()
          .put("perms", perms(entry.getPerms()))
          .put("scheme", entry.getId().getScheme())
          .put("id", entry.getId().getId());
    }
    line.put("mode", node.mode().kind().name().toLowerCase(Locale.ROOT));
    if (node.mode().kind() == DumpedNode.Kind.TTL) {
      line.put("ttl", node.mode().ttlMillis());
    }
    Stat stat = node.stat();
    line.putObject("stat")
        .put("czxid", stat.getCzxid())
        .put("mzxid", stat.getMzxid())
        .put("pzxid", stat.getPzxid())
        .put("ctime", stat.getCtime())
        .put("mtime", stat.getMtime())
        .put("version", stat.getVersion())
        .put("cversion", stat.getCversion())
        .put("aversion", stat.getAversion());
    return line;
  }

  static DumpedNode node(JsonNode line) {
    return new DumpedNode(
        path(line),
        line.has("data") ? data(text(line, "data")) : null,
        acl(line.path("acl")),
        mode(line),
        stat(line.path("stat")));
  }

  private static byte[] data(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has data that is no Base64", e);
    }
  }

  private static Stat stat(JsonNode from) {
    Stat stat = new Stat();
    stat.setCzxid(number(from, "czxid"));
    stat.setMzxid(number(from, "mzxid"));
    stat.setPzxid(number(from, "pzxid"));
    stat.setCtime(number(from, "ctime"));
    stat.setMtime(number(from, "mtime"));
    stat.setVersion((int) number(from, "version"));
    stat.setCversion((int) number(from, "cversion"));
    stat.setAversion((int) number(from, "aversion"));
    return stat;
  }

  private static DumpedNode.Mode mode(JsonNode line) {
    return switch (text(line, "mode")) {
      case "persistent" -> DumpedNode.Mode.PERSISTENT;
      case "container" -> DumpedNode.Mode.CONTAINER;
      case "ttl" -> {
        long millis = number(line, "ttl");
        if (millis <= 0 || millis > EphemeralType.TTL.maxValue()) {
          throw new IllegalArgumentException("has a TTL of " + millis + " ms");
        }
        yield DumpedNode.Mode.ttl(millis);
      }
      default -> throw new IllegalArgumentException("has a mode " + line.get("mode"));
    };
  }

  private static List<ACL> acl(JsonNode entries) {
    List<ACL> acl = new ArrayList<>();
    for (JsonNode entry : entries) {
      acl.add(
          new ACL(perms(text(entry, "perms")), new Id(text(entry, "scheme"), text(entry, "id"))));
    }
    if (acl.isEmpty()) {
      throw new IllegalArgumentException("has no ACL");
    }
    return acl;
  }

  private static String perms(int bits) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < PERMS.length(); i++) {
      if ((bits & 1 << i) != 0) {
        letters.append(PERMS.charAt(i));
      }
    }
    return letters.toString();
  }

  private static int perms(String letters) {
    int bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      int bit = PERMS.indexOf(letters.charAt(i));
      if (bit < 0) {
        throw new IllegalArgumentException("has a permission " + letters.charAt(i));
      }
      bits |= 1 << bit;
    }
    return bits;
  }

  private static String path(JsonNode line) {
    String path = text(line, "path");
    try {
      PathUtils.validatePath(path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a path that is none: " + e.getMessage(), e);
    }
    return path;
  }

  private static String text(JsonNode line, String key) {
    JsonNode value = line.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("has no text \"" + key + "\"");
    }
    return value.textValue();
  }

  private static long number(JsonNode line, String key) {
    JsonNode value = line.path(key);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("has no number \"" + key + "\"");
    }
    return value.longValue();
  }
}
