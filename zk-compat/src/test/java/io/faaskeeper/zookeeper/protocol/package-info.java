@NullMarked
package io.faaskeeper.zookeeper.protocol;

import org.jspecify.annotations.NullMarked;
