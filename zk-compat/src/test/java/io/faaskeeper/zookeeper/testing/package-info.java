@NullMarked
package io.faaskeeper.zookeeper.testing;

import org.jspecify.annotations.NullMarked;
