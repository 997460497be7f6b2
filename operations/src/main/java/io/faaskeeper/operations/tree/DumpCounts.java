package io.faaskeeper.operations.tree;

/**
 * The last line of a dump.
 *
 * @param nodes that it holds
 * @param bytes of their data
 * @param ephemerals that were left out
 * @param vanished nodes that were listed, and gone when they were read
 */
record DumpCounts(long nodes, long bytes, long ephemerals, long vanished) {
  static final DumpCounts NONE = new DumpCounts(0, 0, 0, 0);

  DumpCounts withNode(int dataBytes) {
    return new DumpCounts(nodes + 1, bytes + dataBytes, ephemerals, vanished);
  }

  DumpCounts withEphemeral() {
    return new DumpCounts(nodes, bytes, ephemerals + 1, vanished);
  }

  DumpCounts withVanished() {
    return new DumpCounts(nodes, bytes, ephemerals, vanished + 1);
  }
}
