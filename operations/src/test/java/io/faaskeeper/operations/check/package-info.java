@NullMarked
package io.faaskeeper.operations.check;

import org.jspecify.annotations.NullMarked;
