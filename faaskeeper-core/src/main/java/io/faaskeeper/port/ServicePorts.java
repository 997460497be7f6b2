package io.faaskeeper.port;

/** All ports of the service, as one argument. */
public record ServicePorts(
    TransactionLog log,
    Watermarks watermarks,
    NodeStore nodes,
    ChildStore children,
    OwnerIndex owners,
    SessionStore sessions,
    ProcessRegistry processes,
    Mailbox mailbox,
    ClientChannel channel,
    Clock clock,
    Scheduler scheduler) {}
