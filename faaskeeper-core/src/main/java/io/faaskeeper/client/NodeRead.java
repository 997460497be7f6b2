package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.port.StoredNode;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/** {@code exists}, {@code getData} and {@code getACL}: one storage call. */
final class NodeRead extends ReadOp {
  private final ClientRequest.Read request;
  private final Subscriptions nodes;
  private final List<Acl> identities;
  private @Nullable StoredNode ahead;

  NodeRead(RunQueue queue, ClientRequest.Read request, Subscriptions nodes, List<Acl> identities) {
    super(queue);
    this.request = request;
    this.nodes = nodes;
    this.identities = identities;
  }

  @Override
  void run(long view) {
    Code refusal = ReadAnswers.refusal(request);
    if (refusal != Code.OK) {
      answer(refusal);
    } else if (!ReadAnswers.canExist(request.path())) {
      answer(StoredNode.ABSENT);
    } else {
      String path = ReadAnswers.stored(request.path());
      boolean withData = request instanceof ClientRequest.GetData;
      then(
          () ->
              ReadAnswers.wantsWatch(request)
                  ? nodes.readSubscribed(path, withData)
                  : nodes.read(path, withData),
          node -> stored(node, view));
    }
  }

  private void stored(StoredNode node, long view) {
    if (node.touched() > view) {
      ahead = node;
      behind(node.touched());
    } else {
      answer(node);
    }
  }

  /**
   * What was seen of a node that is there holds. One that seemed to be gone is looked at again:
   * perhaps its data was just being replaced.
   */
  @Override
  void advanced(long view) {
    if (ahead != null && ahead.meta().isPresent() && ahead.touched() == view) {
      answer(ahead);
    } else {
      run(view);
    }
  }

  private void answer(StoredNode node) {
    Code code = ReadAnswers.code(request, node, identities);
    if (code == Code.OK) {
      answer(code, ReadAnswers.body(request, node, identities));
    } else {
      answer(code);
    }
  }
}
