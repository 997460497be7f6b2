/** The connections of a gateway: packets, bounds, and what carries them. */
@NullMarked
package io.faaskeeper.zookeeper.gateway.net;

import org.jspecify.annotations.NullMarked;
