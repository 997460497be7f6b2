/**
 * ZooKeeper's wire protocol on one side, {@link io.faaskeeper.client} on the other. Knows frames,
 * but not how they travel.
 */
@NullMarked
package io.faaskeeper.zookeeper.protocol;

import org.jspecify.annotations.NullMarked;
