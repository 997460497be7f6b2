package io.faaskeeper.operations.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a dump, line by line. Used by one thread. */
final class DumpWriter {
  private final OutputStream out;
  private DumpCounts counts = DumpCounts.NONE;

  DumpWriter(OutputStream out, DumpHeader header) throws IOException {
    this.out = out;
    line(DumpFormat.json(header));
  }

  void node(DumpedNode node) throws IOException {
    line(DumpFormat.json(node));
    counts = counts.withNode(node.bytes());
  }

  void ephemeral() {
    counts = counts.withEphemeral();
  }

  void vanished() {
    counts = counts.withVanished();
  }

  DumpCounts counts() {
    return counts;
  }

  /** Writes the last line, without which it is no whole dump. */
  void end() throws IOException {
    line(DumpFormat.json(counts));
    out.flush();
  }

  private void line(Object json) throws IOException {
    out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
