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
    Scheduler scheduler) {

  /** The same, but for the watermarks and the channel. */
  public ServicePorts with(Watermarks otherWatermarks, ClientChannel otherChannel) {
    return new ServicePorts(
        log,
        otherWatermarks,
        nodes,
        children,
        owners,
        sessions,
        processes,
        mailbox,
        otherChannel,
        clock,
        scheduler);
  }
}
