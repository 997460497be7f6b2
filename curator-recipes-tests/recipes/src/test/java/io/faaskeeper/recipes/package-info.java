/**
 * Curator's recipes across a lost connection and a lost session. Each test runs on a real ZooKeeper
 * server and on FaaSKeeper, and asks both for the same.
 */
@NullMarked
package io.faaskeeper.recipes;

import org.jspecify.annotations.NullMarked;
