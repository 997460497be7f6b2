package io.faaskeeper.operations.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.operations.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no whole dump is told of with the number of the line. */
@Timeout(60)
final class DumpReaderTest {
  private static final String HEADER =
      "{\"faaskeeper-dump\":1,\"source\":\"s\",\"path\":\"/\",\"time\":\"t\",\"modes\":true}\n";
  private static final String END =
      "{\"end\":{\"nodes\":2,\"bytes\":2,\"ephemerals\":0,\"vanished\":0}}\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void aWholeDump() throws IOException {
    assertEquals(List.of("/", "/a"), read(HEADER + node("/") + node("/a") + END));
  }

  @Test
  void cutOff() throws IOException {
    refuses("line 1 is missing: the dump is cut off", "");
    refuses("line 1 is cut off", HEADER.substring(0, 20));
    refuses("line 2 is missing: the dump is cut off", HEADER);
    refuses("line 3 is missing: the dump is cut off", HEADER + node("/"));
    refuses("line 3 is cut off", HEADER + node("/") + node("/a").substring(0, 30));
    refuses("line 4 is cut off", HEADER + node("/") + node("/a") + END.strip());
  }

  @Test
  void malformed() throws IOException {
    refuses("line 1 does not begin a dump", node("/"));
    refuses("line 1 is of version 2", HEADER.replace(":1,", ":2,"));
    refuses("line 1 is no JSON: ", "what\n");
    refuses("line 2 is no JSON object", HEADER + "[1]\n");
    refuses("line 2 is no JSON: Trailing token", HEADER + node("/").strip() + "{}\n");
    refuses("line 2 has no text \"path\"", HEADER + "{\"acl\":[]}\n");
    refuses(
        "line 2 has a path that is none: Path must not end",
        HEADER + node("/").replace("\"/\"", "\"/a/\""));
    refuses("line 2 has data that is no Base64", HEADER + node("/").replace("YQ==", "%"));
    refuses("line 2 has a permission x", HEADER + node("/").replace("cdrwa", "rx"));
    refuses("line 2 has no ACL", HEADER + node("/").replaceAll("\"acl\":\\[.*]", "\"acl\":[]"));
    refuses("line 2 has a mode \"other\"", HEADER + node("/").replace("persistent", "other"));
    refuses("line 2 has no number \"ttl\"", HEADER + node("/").replace("persistent", "ttl"));
    refuses("line 2 has no number \"czxid\"", HEADER + node("/").replace("czxid", "other"));
  }

  @Test
  void outOfOrder() throws IOException {
    refuses("line 2 has /a where / begins", HEADER + node("/a"));
    refuses("line 3 has /a/b, which does not follow", HEADER + node("/") + node("/a/b"));
    refuses("line 3 has /, which does not follow", HEADER + node("/") + node("/"));
    refuses(
        "line 5 has /a/b, which does not follow",
        HEADER + node("/") + node("/a") + node("/c") + node("/a/b"));
    refuses("line 3 speaks of 2 nodes with 2 bytes", HEADER + node("/") + END);
    refuses("line 5 follows the end", HEADER + node("/") + node("/a") + END + node("/b"));
  }

  @Test
  void aRestoreOfOneThatIsCutOffWritesNothing() throws Exception {
    try (Side to = Side.inMemory(folder, "cut")) {
      Path file = Files.writeString(folder.resolve("dump"), HEADER + node("/") + node("/a"));
      Told.by(RestoreMain.command(), to.with(file))
          .assertFailed(1, file + ": line 4 is missing: the dump is cut off");
      assertEquals(List.of("zookeeper"), to.zooKeeper().getChildren("/", false));
    }
  }

  private static String node(String path) {
    return ("{\"path\":\"%s\",\"data\":\"YQ==\",\"acl\":[{\"perms\":\"cdrwa\",\"scheme\":\"world\","
            + "\"id\":\"anyone\"}],\"mode\":\"persistent\",\"stat\":{\"czxid\":1,\"mzxid\":1,"
            + "\"pzxid\":1,\"ctime\":1,\"mtime\":1,\"version\":0,\"cversion\":0,\"aversion\":0}}\n")
        .formatted(path);
  }

  private void refuses(String line, String text) throws IOException {
    DumpFormatException refused = assertThrows(DumpFormatException.class, () -> read(text));
    String message = String.valueOf(refused.getMessage());
    assertEquals(line, message.substring(0, Math.min(line.length(), message.length())));
    assertEquals(1, message.lines().count(), message);
  }

  private List<String> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("dump"), text);
    List<String> paths = new ArrayList<>();
    try (DumpReader reader = DumpReader.open(file)) {
      for (DumpedNode node = reader.next(); node != null; node = reader.next()) {
        paths.add(node.path());
      }
    }
    return paths;
  }
}
