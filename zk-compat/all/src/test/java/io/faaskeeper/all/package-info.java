/** Runs stock applications with the jar beside the ZooKeeper client of their day. */
@org.jspecify.annotations.NullMarked
package io.faaskeeper.all;
