@NullMarked
package io.faaskeeper.operations;

import org.jspecify.annotations.NullMarked;
