package io.faaskeeper.port;

/** All ports of a client process, as one argument. */
public record ClientPorts(
    Watermarks watermarks,
    NodeStore nodes,
    ChildStore children,
    OwnerIndex owners,
    ProcessRegistry processes,
    Mailbox mailbox,
    WorkerQueue queue,
    ChannelEndpoint channel,
    Clock clock,
    Scheduler scheduler) {}
