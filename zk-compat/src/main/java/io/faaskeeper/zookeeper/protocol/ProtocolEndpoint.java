package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.model.Credential;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one client talks to: a {@code ZooKeeper} handle, or whoever is at the other end of a stream.
 * A client may connect again and again, one connection after the other. Thread-safe.
 */
public final class ProtocolEndpoint implements AutoCloseable {
  private final SessionOpener opener;
  private final Clock clock;
  private final Scheduler scheduler;

  /**
   * An endpoint for one client.
   *
   * @param runtime holds the sessions; stays open when this is closed
   * @param identity what is known of the client when it asks for a session, without its own word:
   *     {@code ip} and its address, {@code x509} and the name in its certificate
   * @param scheduler runs what may not block, and is due within a fraction of a millisecond
   */
  public ProtocolEndpoint(
      ClientRuntime runtime,
      Supplier<List<Credential>> identity,
      Clock clock,
      Scheduler scheduler) {
    this.opener = new SessionOpener(runtime, identity);
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** A new connection. The one before it is to be disconnected first. */
  public ProtocolSession connect(FrameSink sink) {
    return new ProtocolSession(opener, sink, clock, scheduler);
  }

  /**
   * The client will not come back. A session that it asked for and was not told of is closed; one
   * that it knows lives on until its timeout.
   */
  @Override
  public void close() {
    opener.close();
  }
}
