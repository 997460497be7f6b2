package io.faaskeeper.zookeeper;

import io.faaskeeper.model.Credential;
import io.faaskeeper.port.Clock;
import io.faaskeeper.zookeeper.protocol.FrameSink;
import io.faaskeeper.zookeeper.protocol.ProtocolEndpoint;
import io.faaskeeper.zookeeper.protocol.ProtocolSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transport of one handle: takes its share of the runtime when it first connects. */
final class HandleTransport implements Transport {
  /** A handle in this JVM comes from this machine, whatever addresses that has. */
  private static final List<Credential> LOCAL =
      List.of(new Credential("ip", "127.0.0.1".getBytes(StandardCharsets.US_ASCII)));

  private final RuntimeHolder holder;
  private @Nullable ProtocolEndpoint endpoint;

  HandleTransport(RuntimeHolder holder) {
    this.holder = holder;
  }

  @Override
  public ProtocolSession connect(FrameSink sink) throws IOException {
    ProtocolEndpoint known = endpoint;
    if (known == null) {
      known =
          new ProtocolEndpoint(
              holder.acquire(), () -> LOCAL, Clock.SYSTEM, DaemonScheduler.ANSWERS);
      endpoint = known;
    }
    return known.connect(sink);
  }

  @Override
  public void close() {
    ProtocolEndpoint known = endpoint;
    if (known != null) {
      endpoint = null;
      known.close();
      holder.release();
    }
  }
}
