/**
 * Immutable values: paths, Stat, requests, results, log records, and their binary encoding. Nothing
 * here does I/O, reads a clock or knows a port.
 */
@NullMarked
package io.faaskeeper.model;

import org.jspecify.annotations.NullMarked;
