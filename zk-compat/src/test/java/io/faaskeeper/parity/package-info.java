/** FaaSKeeper and a real ZooKeeper server, given the same and compared. */
@NullMarked
package io.faaskeeper.parity;

import org.jspecify.annotations.NullMarked;
