package io.faaskeeper.model;

/**
 * A process's interest in a path. It is removed by its exact value, so that a removal that comes
 * late cannot undo a subscription made since.
 *
 * @param process the process
 * @param generation counted by the process, never used twice
 */
public record Subscription(String process, long generation) {}
