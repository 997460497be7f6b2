/**
 * Histories of a whole deployment in one thread: the real service and clients on simulated storage,
 * queues, channel and time, all faults drawn from one seed, and what every client was told compared
 * with the log.
 */
@NullMarked
package io.faaskeeper.simulation;

import org.jspecify.annotations.NullMarked;
