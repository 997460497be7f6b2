/**
 * Stands ahead of Curator's own package of this name on the class path: the one class here is the
 * server that its {@code TestingServer} and {@code TestingCluster} start.
 */
@NullMarked
package org.apache.curator.test;

import org.jspecify.annotations.NullMarked;
