@NullMarked
package io.faaskeeper.zookeeper.gateway;

import org.jspecify.annotations.NullMarked;
