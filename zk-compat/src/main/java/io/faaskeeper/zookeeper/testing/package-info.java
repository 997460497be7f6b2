/**
 * A FaaSKeeper for an application's own tests, where it has used Curator's {@code TestingServer}:
 * in the test's JVM, with a connect string. The server is a gateway on a deployment in memory;
 * neither is made here.
 */
@NullMarked
package io.faaskeeper.zookeeper.testing;

import org.jspecify.annotations.NullMarked;
