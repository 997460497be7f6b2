@NullMarked
package io.faaskeeper.operations.tree;

import org.jspecify.annotations.NullMarked;
