package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;

/** A session whose calls wait for their answers, which have to be OK unless it says otherwise. */
final class CostSession implements SessionListener {
  private static final int LIMIT_SECONDS = 60;
  private static final int TTL_MILLIS = 3_600_000;

  private final ClientSession session;
  private final Progress events = new Progress();

  CostSession(ClientSession session) {
    this.session = session;
    session.listen(this);
  }

  void create(String path, int bytes) {
    create(path, bytes, CreateMode.PERSISTENT);
  }

  void create(String path, int bytes, CreateMode mode) {
    write(creation(path, bytes, mode));
  }

  static Operation.Create creation(String path, int bytes, CreateMode mode) {
    return new Operation.Create(path, new byte[bytes], Acl.OPEN, mode, TTL_MILLIS);
  }

  void setData(String path, int bytes) {
    expectOk(await(submitSetData(path, bytes)));
  }

  CompletionStage<Reply> submitSetData(String path, int bytes) {
    return session.submit(
        new ClientRequest.Write(new Operation.SetData(path, new byte[bytes], -1)));
  }

  void delete(String path) {
    write(new Operation.Delete(path, -1));
  }

  void write(Operation operation) {
    expectOk(await(session.submit(new ClientRequest.Write(operation))));
  }

  void getDataOfNothing(String path) {
    read(new ClientRequest.GetData(path, false), Code.NONODE);
  }

  void getData(String path, boolean watch) {
    Reply unused = read(new ClientRequest.GetData(path, watch), Code.OK);
  }

  List<String> children(String path) {
    Reply reply = read(new ClientRequest.GetChildren(path, false), Code.OK);
    return ((Reply.Children) reply.body()).names();
  }

  Reply read(ClientRequest.Read request, Code expected) {
    Reply reply = await(session.submit(request));
    expect(expected, reply);
    return reply;
  }

  static void expectOk(Reply reply) {
    expect(Code.OK, reply);
  }

  private static void expect(Code code, Reply reply) {
    if (reply.code() != code) {
      throw new AssertionError("answered with " + reply.code());
    }
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Waits until its process has taken in what was there before. */
  void echo() {
    expectOk(await(session.submit(new ClientRequest.Echo())));
  }

  /** Waits until so many events came, all since the beginning together. */
  void awaitEvents(int count) throws InterruptedException, TimeoutException {
    events.await(count);
  }

  @Override
  public void watchEvent(long zxid, EventType type, String path) {
    events.add(1);
  }

  @Override
  public void connectionEnded(String reason) {
    // Who waits for an answer is told by its stage.
  }
}
