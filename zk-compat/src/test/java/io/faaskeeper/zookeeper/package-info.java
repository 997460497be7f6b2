@NullMarked
package io.faaskeeper.zookeeper;

import org.jspecify.annotations.NullMarked;
