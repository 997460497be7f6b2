/**
 * Decides what a request does to a tree: pure functions over values of {@link io.faaskeeper.model}.
 * No I/O, no clock, no storage; what it misses it asks for by name.
 */
@NullMarked
package io.faaskeeper.processor;

import org.jspecify.annotations.NullMarked;
