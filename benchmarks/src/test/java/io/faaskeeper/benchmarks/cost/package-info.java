/**
 * What operations cost, counted: the service's own stages and its client in this JVM, their storage
 * and queue on the emulators, no function host between them.
 */
@NullMarked
package io.faaskeeper.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
