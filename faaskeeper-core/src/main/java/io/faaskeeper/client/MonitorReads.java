package io.faaskeeper.client;

import io.faaskeeper.port.ClientPorts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.KeeperException.Code;

/** Reads of the whole deployment, for nobody's session: each at the watermark of its moment. */
final class MonitorReads {
  private static final int ATTEMPTS_MAX = 10;
  private static final int RETRY_MILLIS = 20;

  private final RunQueue queue;
  private final ClientPorts ports;
  private final Frontier frontier;
  private final ReadOps operations;

  MonitorReads(RunQueue queue, ClientPorts ports, ClientOptions options) {
    this.queue = queue;
    this.ports = ports;
    this.frontier = new Frontier(queue, ports.watermarks(), options, () -> {}, () -> {});
    this.operations =
        new ReadOps(
            queue,
            new Subscriptions(queue, ports.nodes(), ports.watermarks(), ""),
            ports.children(),
            ports.owners(),
            frontier);
  }

  CompletionStage<List<String>> ephemerals(long sessionId) {
    return read(new ClientRequest.GetEphemerals("/"), sessionId)
        .thenApply(body -> ((Reply.Paths) body).paths());
  }

  CompletionStage<Integer> countNodes() {
    return read(new ClientRequest.GetAllChildrenNumber("/"), 0)
        .thenApply(body -> body instanceof Reply.Count some ? some.count() : 0);
  }

  private CompletionStage<Reply.Body> read(ClientRequest request, long sessionId) {
    CompletableFuture<Reply.Body> result = new CompletableFuture<>();
    queue.execute(() -> attempt(request, sessionId, ATTEMPTS_MAX, result));
    return result;
  }

  private void attempt(
      ClientRequest request, long sessionId, int left, CompletableFuture<Reply.Body> result) {
    queue.on(
        ports.watermarks().read(),
        watermark -> {
          frontier.proveWatermark(watermark.zxid());
          operations
              .read(request, sessionId, ReadOps.SUPER)
              .start(
                  watermark.zxid(),
                  new ReadOp.Outcome() {
                    @Override
                    public void answered(Code code, Reply.Body body) {
                      result.complete(body);
                    }

                    @Override
                    public void behind(long zxid) {
                      again(request, sessionId, left, result);
                    }

                    @Override
                    public void failed(String reason) {
                      result.completeExceptionally(new ConnectionEndedException(reason));
                    }
                  });
        },
        result::completeExceptionally);
  }

  private void again(
      ClientRequest request, long sessionId, int left, CompletableFuture<Reply.Body> result) {
    if (left == 0) {
      result.completeExceptionally(
          new ConnectionEndedException("writes do not let a look at the whole end"));
    } else {
      queue.after(RETRY_MILLIS, () -> attempt(request, sessionId, left - 1, result));
    }
  }
}
