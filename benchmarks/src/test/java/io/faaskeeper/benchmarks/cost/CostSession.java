package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;

/** A session whose calls wait for their answers, which have to be OK unless it says otherwise. */
final class CostSession implements SessionListener {
  private static final int LIMIT_SECONDS = 60;

  private final ClientSession session;
  private final AtomicInteger events = new AtomicInteger();

  CostSession(ClientSession session) {
    this.session = session;
    session.listen(this);
  }

  void create(String path, int bytes, CreateMode mode) {
    write(creation(path, bytes, mode));
  }

  static Operation.Create creation(String path, int bytes, CreateMode mode) {
    return new Operation.Create(path, new byte[bytes], Acl.OPEN, mode, 3_600_000);
  }

  void setData(String path, int bytes) {
    write(new Operation.SetData(path, new byte[bytes], -1));
  }

  void delete(String path) {
    write(new Operation.Delete(path, -1));
  }

  void write(Operation operation) {
    expectOk(await(submit(new ClientRequest.Write(operation))));
  }

  Reply read(ClientRequest.Read request) {
    return await(submit(request));
  }

  CompletionStage<Reply> submit(ClientRequest request) {
    return session.submit(request);
  }

  static void expectOk(Reply reply) {
    if (reply.code() != Code.OK) {
      throw new AssertionError("answered with " + reply.code());
    }
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** How many events came so far. */
  int events() {
    return events.get();
  }

  @Override
  public void watchEvent(long zxid, EventType type, String path) {
    events.incrementAndGet();
  }

  @Override
  public void connectionEnded(String reason) {
    throw new CompletionException(new AssertionError("the connection ended: " + reason));
  }
}
