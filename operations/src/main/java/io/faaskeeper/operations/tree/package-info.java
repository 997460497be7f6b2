/**
 * {@code fk dump} and {@code fk restore}: a tree of znodes as a file, from and to anything that
 * speaks ZooKeeper's client API.
 */
@NullMarked
package io.faaskeeper.operations.tree;

import org.jspecify.annotations.NullMarked;
