package io.faaskeeper.port;

/**
 * A client process and its lease.
 *
 * @param name its name, see {@link io.faaskeeper.model.Seal#processName}; never used twice
 * @param counter moved by each renewal
 * @param timeoutMillis the shortest timeout of its sessions
 * @param address where its client channel listens
 * @param fenced whether it can never renew again
 */
public record ProcessRow(
    String name, long counter, int timeoutMillis, String address, boolean fenced) {}
