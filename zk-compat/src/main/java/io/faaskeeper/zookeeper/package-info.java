/**
 * FaaSKeeper for programs that use the ZooKeeper client: the way from a handle in this JVM to its
 * deployment, without a socket, and the classes that choose it.
 */
@NullMarked
package io.faaskeeper.zookeeper;

import org.jspecify.annotations.NullMarked;
