package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;

/** A session that remembers, in order, what it was told. */
final class TestSession implements SessionListener {
  final ClientWorld world;
  final ClientSession session;

  /** Replies as {@code "reply <name>"} where a test named them, events, and the end. */
  final List<String> told = new ArrayList<>();

  TestSession(ClientWorld world, ClientSession session) {
    this.world = world;
    this.session = session;
    session.listen(this);
  }

  @Override
  public void watchEvent(long zxid, EventType type, String path) {
    told.add(type + " " + path + (zxid == -1 ? " -1" : ""));
  }

  @Override
  public void connectionEnded(String reason) {
    told.add("ended");
  }

  boolean ended() {
    return told.contains("ended");
  }

  /** What was told since the last time this was asked. */
  List<String> news() {
    List<String> news = List.copyOf(told);
    told.clear();
    return news;
  }

  Asked submit(ClientRequest request) {
    return new Asked(session.submit(request).toCompletableFuture());
  }

  /** Submits a request whose reply is remembered among the events. */
  Asked submit(String name, ClientRequest request) {
    CompletionStage<Reply> reply = session.submit(request);
    reply.whenComplete(
        (r, failure) -> told.add(failure == null ? "reply " + name : "lost " + name));
    return new Asked(reply.toCompletableFuture());
  }

  Asked write(Operation operation) {
    return submit(new ClientRequest.Write(operation));
  }

  static Operation creation(String path, String data, CreateMode mode) {
    return new Operation.Create(path, bytes(data), Acl.OPEN, mode, -1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Reply create(String path, String data) {
    return ok(world.await(write(creation(path, data, CreateMode.PERSISTENT))));
  }

  Reply set(String path, String data) {
    return ok(world.await(write(new Operation.SetData(path, bytes(data), -1))));
  }

  Reply delete(String path) {
    return ok(world.await(write(new Operation.Delete(path, -1))));
  }

  private static Reply ok(Reply reply) {
    if (reply.code() != Code.OK) {
      throw new AssertionError(reply.toString());
    }
    return reply;
  }

  String data(String path, boolean watch) {
    return text(world.await(submit(new ClientRequest.GetData(path, watch))));
  }

  static String text(Reply reply) {
    return reply.body() instanceof Reply.Data data
        ? new String(data.data(), StandardCharsets.UTF_8)
        : reply.code().toString();
  }

  Code exists(String path, boolean watch) {
    return world.await(submit(new ClientRequest.Exists(path, watch))).code();
  }

  List<String> children(String path, boolean watch) {
    return names(world.await(submit(new ClientRequest.GetChildren(path, watch))));
  }

  static List<String> names(Reply reply) {
    return reply.body() instanceof Reply.Children children
        ? children.names().stream().sorted().toList()
        : List.of(reply.code().toString());
  }

  void addWatch(String path, AddWatchMode mode) {
    ok(world.await(submit(new ClientRequest.AddWatch(path, mode))));
  }
}
