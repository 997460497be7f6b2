/** The configuration of a deployment, and the one method that wires a whole. */
@NullMarked
package io.faaskeeper.deployment;

import org.jspecify.annotations.NullMarked;
