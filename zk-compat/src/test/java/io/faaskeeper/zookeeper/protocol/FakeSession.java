package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** A session whose answers a test gives. By default everything is answered at once, with OK. */
public final class FakeSession implements ClientSession {
  public final List<ClientRequest> requests = new CopyOnWriteArrayList<>();
  public final AtomicInteger touches = new AtomicInteger();
  public volatile boolean lease = true;
  public volatile boolean disconnected;
  public volatile @Nullable SessionListener listener;
  public volatile Function<ClientRequest, CompletionStage<Reply>> answering =
      request ->
          CompletableFuture.completedFuture(
              Reply.of(
                  7,
                  request instanceof ClientRequest.Reject reject
                      ? Code.get(reject.code())
                      : Code.OK));

  private final long id;
  private final int timeoutMillis;

  public FakeSession(long id, int timeoutMillis) {
    this.id = id;
    this.timeoutMillis = timeoutMillis;
  }

  public void answerWith(Function<ClientRequest, Reply> answers) {
    answering = request -> CompletableFuture.completedFuture(answers.apply(request));
  }

  public SessionListener listener() {
    SessionListener l = listener;
    if (l == null) {
      throw new IllegalStateException("nobody listens");
    }
    return l;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public byte[] password() {
    byte[] password = new byte[16];
    password[0] = (byte) id;
    return password;
  }

  @Override
  public int timeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public long lastZxid() {
    return 5;
  }

  @Override
  public void listen(SessionListener l) {
    listener = l;
  }

  @Override
  public CompletionStage<Reply> submit(ClientRequest request) {
    requests.add(request);
    return answering.apply(request);
  }

  @Override
  public boolean touch() {
    touches.incrementAndGet();
    return lease;
  }

  @Override
  public void disconnect() {
    disconnected = true;
  }
}
