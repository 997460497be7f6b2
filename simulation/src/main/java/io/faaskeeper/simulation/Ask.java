package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.zookeeper.CreateMode;

/** The requests that programs make, and what they take from the answers. */
final class Ask {
  private Ask() {}

  static ClientRequest create(String path, String data, CreateMode mode) {
    return new ClientRequest.Write(new Operation.Create(path, bytes(data), Acl.OPEN, mode, -1));
  }

  static ClientRequest set(String path, String data, int version) {
    return new ClientRequest.Write(new Operation.SetData(path, bytes(data), version));
  }

  static ClientRequest delete(String path) {
    return new ClientRequest.Write(new Operation.Delete(path, -1));
  }

  static ClientRequest get(String path, boolean watch) {
    return new ClientRequest.GetData(path, watch);
  }

  static ClientRequest exists(String path) {
    return new ClientRequest.Exists(path, true);
  }

  static ClientRequest children(String path, boolean watch) {
    return new ClientRequest.GetChildren(path, watch);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The data of an answer, or of a state. */
  static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  static String data(Reply reply) {
    byte[] data = ((Reply.Data) reply.body()).data();
    return data == null ? "" : text(data);
  }

  static int version(Reply reply) {
    return ((Reply.Data) reply.body()).stat().version();
  }

  /** The version that a setData made. */
  static int versionSet(Reply reply) {
    return ((Result.DataSet) ((Reply.Written) reply.body()).result()).stat().version();
  }

  /** The names of an answer, sorted. */
  static List<String> names(Reply reply) {
    return reply.body() instanceof Reply.Children children
        ? children.names().stream().sorted().toList()
        : List.of();
  }
}
