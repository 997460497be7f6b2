package io.faaskeeper.operations.tree;

/** What a restore does with a node that is there already. */
enum Existing {
  /** It is not begun, or if the node came meanwhile, stopped. */
  REFUSE,
  /** The node stays as it is; what is below it is restored. */
  SKIP,
  /** The node gets data and ACL of the dump; its mode and its other children stay. */
  OVERWRITE
}
