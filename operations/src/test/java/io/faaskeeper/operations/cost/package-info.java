@NullMarked
package io.faaskeeper.operations.cost;

import org.jspecify.annotations.NullMarked;
