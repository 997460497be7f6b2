package io.faaskeeper.processor;

import io.faaskeeper.model.NodeMeta;

/**
 * What is known of the tree at one point of the log: the state that a request is decided on. All
 * answers describe the same point. The processor asks for valid paths only.
 */
public interface TreeView {
  /** What is known of the node at {@code path}. Must not block. */
  Lookup node(String path);

  /** An answer of a {@link TreeView}. */
  sealed interface Lookup {
    record Present(NodeMeta meta) implements Lookup {}

    /** It is known that there is no such node. */
    record Absent() implements Lookup {}

    /** Nobody looked yet. */
    record Unknown() implements Lookup {}
  }
}
