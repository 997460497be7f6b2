package io.faaskeeper.demo;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session whose requests are timed and whose reads are known, and on which silence may fall. */
final class MeteredSession implements ClientSession {
  private final ClientSession session;
  private final OperationMeter meter;
  private final PendingReads reads;
  private final Silence silence;

  MeteredSession(ClientSession session, OperationMeter meter, PendingReads reads, Silence silence) {
    this.session = session;
    this.meter = meter;
    this.reads = reads;
    this.silence = silence;
  }

  @Override
  public long id() {
    return session.id();
  }

  @Override
  public byte[] password() {
    return session.password();
  }

  @Override
  public int timeoutMillis() {
    return session.timeoutMillis();
  }

  @Override
  public long lastZxid() {
    return session.lastZxid();
  }

  @Override
  public void listen(SessionListener listener) {
    session.listen(listener);
  }

  @Override
  public CompletionStage<Reply> submit(ClientRequest request) {
    if (silence.isOn(session.id())) {
      return new CompletableFuture<>();
    }
    reads.begin(request);
    return meter
        .measure(OperationNames.of(request), () -> session.submit(request))
        .whenComplete((reply, failure) -> reads.end(request));
  }

  @Override
  public boolean touch() {
    return silence.isOn(session.id()) || session.touch();
  }

  @Override
  public void disconnect() {
    session.disconnect();
  }
}
