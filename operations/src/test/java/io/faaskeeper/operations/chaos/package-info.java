@NullMarked
package io.faaskeeper.operations.chaos;

import org.jspecify.annotations.NullMarked;
