package io.faaskeeper.operations.tree;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.operations.Paths;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump, node after node, and sees to it that it is a whole one: what is not is a {@link
 * DumpFormatException}. Used by one thread.
 */
final class DumpReader implements AutoCloseable {
  /** Longer than any node's: data of 1 MiB takes 1.4 MB. */
  private static final int MAX_LINE_BYTES = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final InputStream in;
  private final DumpHeader header;

  /** The last node and those above it. */
  private final Deque<String> branch = new ArrayDeque<>();

  private DumpCounts counts = DumpCounts.NONE;
  private long line;

  private DumpReader(InputStream in) throws IOException {
    this.in = in;
    this.header = parse(nextLine(), DumpFormat::header);
  }

  static DumpReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      return new DumpReader(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  DumpHeader header() {
    return header;
  }

  /** What was read so far; at the end, what the last line says. */
  DumpCounts counts() {
    return counts;
  }

  /** The next node, or null at the end of a whole dump. */
  @Nullable DumpedNode next() throws IOException {
    JsonNode json = parse(nextLine(), Function.identity());
    if (json.has(DumpFormat.END)) {
      end(parse(json, DumpFormat::counts));
      return null;
    }
    DumpedNode node = parse(json, DumpFormat::node);
    place(node.path());
    counts = counts.withNode(node.bytes());
    return node;
  }

  private void place(String path) throws DumpFormatException {
    if (branch.isEmpty()) {
      if (counts.nodes() > 0 || !path.equals(header.path())) {
        throw new DumpFormatException(line, "has " + path + " where " + header.path() + " begins");
      }
    } else {
      String parent = Paths.parent(path);
      while (!branch.isEmpty() && !branch.peek().equals(parent)) {
        branch.pop();
      }
      if (branch.isEmpty() || path.equals("/")) {
        throw new DumpFormatException(line, "has " + path + ", which does not follow its parent");
      }
    }
    branch.push(path);
  }

  private void end(DumpCounts said) throws IOException {
    if (said.nodes() != counts.nodes() || said.bytes() != counts.bytes()) {
      throw new DumpFormatException(
          line,
          "speaks of %d nodes with %d bytes, and there are %d with %d"
              .formatted(said.nodes(), said.bytes(), counts.nodes(), counts.bytes()));
    }
    if (in.read() >= 0) {
      throw new DumpFormatException(line + 1, "follows the end of the dump");
    }
    counts = said;
  }

  private JsonNode nextLine() throws IOException {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new DumpFormatException(
            line, bytes.size() == 0 ? "is missing: the dump is cut off" : "is cut off");
      }
      if (bytes.size() == MAX_LINE_BYTES) {
        throw new DumpFormatException(line, "is longer than any node's");
      }
      bytes.write(b);
    }
    try {
      JsonNode json = JSON.readTree(bytes.toByteArray());
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new DumpFormatException(line, "is no JSON: " + e.getOriginalMessage());
    }
    throw new DumpFormatException(line, "is no JSON object");
  }

  private <T> T parse(JsonNode json, Function<JsonNode, T> reading) throws DumpFormatException {
    try {
      return reading.apply(json);
    } catch (IllegalArgumentException e) {
      throw new DumpFormatException(line, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
