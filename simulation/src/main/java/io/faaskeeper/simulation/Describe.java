package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.model.Operation;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests and replies in few words. */
final class Describe {
  private Describe() {}

  static String text(Object what) {
    if (what instanceof ClientRequest.Write write) {
      return operation(write.operation());
    }
    if (what instanceof HistoryCheck.Answer answer) {
      return text(answer.request()) + " -> " + reply(answer.reply());
    }
    if (what instanceof HistoryCheck.Happened happened) {
      LogTruth.Event event = happened.event();
      return "event " + event.type() + " " + event.path() + " at " + event.zxid();
    }
    return String.valueOf(what);
  }

  private static String operation(Operation operation) {
    if (operation instanceof Operation.Create create) {
      return "Create[" + create.mode() + " " + create.path() + " " + hex(create.data()) + "]";
    }
    if (operation instanceof Operation.SetData set) {
      return "SetData[" + set.path() + " " + hex(set.data()) + " if " + set.version() + "]";
    }
    if (operation instanceof Operation.Multi multi) {
      List<String> parts = multi.operations().stream().map(Describe::operation).toList();
      return "Multi" + parts;
    }
    return operation.toString();
  }

  private static String reply(Reply reply) {
    String head = reply.code() + " at " + reply.zxid();
    if (reply.body() instanceof Reply.Data data) {
      return head + " " + hex(data.data()) + " version " + data.stat().version();
    }
    if (reply.body() instanceof Reply.Children children) {
      return head + " " + children.names().stream().sorted().toList();
    }
    if (reply.body() instanceof Reply.Reads reads) {
      return head + " " + reads.replies().stream().map(Describe::reply).toList();
    }
    return reply.body() instanceof Reply.None ? head : head + " " + reply.body();
  }

  private static String hex(byte @Nullable [] data) {
    return data == null ? "null" : HexFormat.of().formatHex(data);
  }
}
