package io.faaskeeper.operations.tree;

import java.util.List;

/**
 * A node that was read.
 *
 * @param node itself
 * @param ephemeral whether it belongs to a session
 * @param children the names of its children, in order
 */
record ReadNode(DumpedNode node, boolean ephemeral, List<String> children) {}
