/** Runs the same operations on every target and tells how they compare. */
@NullMarked
package io.faaskeeper.benchmarks;

import org.jspecify.annotations.NullMarked;
