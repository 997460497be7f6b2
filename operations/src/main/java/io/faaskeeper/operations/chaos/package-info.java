/**
 * {@code fk chaos}: a local deployment whose processes are killed and whose calls fail, real
 * clients on it, and the simulator's checks of what they were told.
 */
@NullMarked
package io.faaskeeper.operations.chaos;

import org.jspecify.annotations.NullMarked;
