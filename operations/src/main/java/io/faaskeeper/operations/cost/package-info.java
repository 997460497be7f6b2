/** {@code fk cost}: the monthly bill of a deployment, beside that of three ZooKeeper servers. */
@NullMarked
package io.faaskeeper.operations.cost;

import org.jspecify.annotations.NullMarked;
