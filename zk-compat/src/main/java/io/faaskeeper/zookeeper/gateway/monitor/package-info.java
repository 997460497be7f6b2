/** What a gateway tells of itself: four-letter words in ZooKeeper's form, and metrics. */
@NullMarked
package io.faaskeeper.zookeeper.gateway.monitor;

import org.jspecify.annotations.NullMarked;
