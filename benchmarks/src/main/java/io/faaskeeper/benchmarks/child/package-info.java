/** Java processes of our own: what runs beside a measurement, as it would run without it. */
@NullMarked
package io.faaskeeper.benchmarks.child;

import org.jspecify.annotations.NullMarked;
