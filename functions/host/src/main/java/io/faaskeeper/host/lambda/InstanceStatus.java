package io.faaskeeper.host.lambda;

/**
 * An instance, seen from outside.
 *
 * @param name unique in the life of the host
 * @param pid its process
 * @param ready whether it has polled: it is warm
 * @param busy whether it has an invocation
 */
public record InstanceStatus(String name, long pid, boolean ready, boolean busy) {}
