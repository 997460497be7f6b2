package io.faaskeeper.client;

import io.faaskeeper.port.ClientPorts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.KeeperException.Code;

/** Reads of the whole deployment, for nobody's session: each as it is at its moment. */
final class MonitorReads {
  private static final int LOOKS_MAX = 20;
  private static final int LISTINGS_MAX = 32;
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
            frontier,
            stray -> {});
  }

  CompletionStage<List<String>> ephemerals(long sessionId) {
    return read(new ClientRequest.GetEphemerals("/"), sessionId)
        .thenApply(body -> ((Reply.Paths) body).paths());
  }

  /** The root and all below are listed one by one, each as it is when its turn comes. */
  CompletionStage<Integer> countNodes() {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    queue.execute(() -> new Walk(result).add("/"));
    return result;
  }

  private CompletionStage<Reply.Body> read(ClientRequest request, long sessionId) {
    CompletableFuture<Reply.Body> result = new CompletableFuture<>();
    queue.execute(() -> new Attempt(request, sessionId, result).begin());
    return result;
  }

  /** One read, at the newest view that is known, and at newer ones if that is too old. */
  private final class Attempt implements ReadOp.Outcome {
    private final ClientRequest request;
    private final long sessionId;
    private final CompletableFuture<Reply.Body> result;
    private int looks;

    Attempt(ClientRequest request, long sessionId, CompletableFuture<Reply.Body> result) {
      this.request = request;
      this.sessionId = sessionId;
      this.result = result;
    }

    void begin() {
      operations.read(request, sessionId, ReadOps.SUPER).start(frontier.watermark(), this);
    }

    @Override
    public void answered(Code code, Reply.Body body) {
      result.complete(body);
    }

    @Override
    public void behind(long zxid) {
      if (++looks > LOOKS_MAX) {
        failed("writes do not let a read end");
      } else if (looks == 1) {
        look();
      } else {
        queue.after(RETRY_MILLIS, this::look);
      }
    }

    private void look() {
      queue.on(
          ports.watermarks().read(),
          watermark -> {
            frontier.proveWatermark(watermark.zxid());
            begin();
          },
          failure -> failed("the watermark can't be read: " + failure));
    }

    @Override
    public void failed(String reason) {
      result.completeExceptionally(new ConnectionEndedException(reason));
    }
  }

  /** Counts what is below the nodes that it lists. */
  private final class Walk {
    private final CompletableFuture<Integer> result;
    private final Deque<String> unlisted = new ArrayDeque<>();
    private int listing;
    private int count;

    Walk(CompletableFuture<Integer> result) {
      this.result = result;
    }

    void add(String path) {
      unlisted.add(path);
      listMore();
    }

    private void listMore() {
      while (listing < LISTINGS_MAX && !unlisted.isEmpty()) {
        listing++;
        String path = unlisted.remove();
        queue.on(
            read(new ClientRequest.GetChildren(path, false), 0),
            body -> listed(path, body),
            result::completeExceptionally);
      }
      if (listing == 0) {
        result.complete(count);
      }
    }

    /** A node that is gone by now has no children. */
    private void listed(String path, Reply.Body body) {
      listing--;
      if (body instanceof Reply.Children children) {
        count += children.names().size();
        String prefix = path.equals("/") ? path : path + "/";
        children.names().forEach(name -> unlisted.add(prefix + name));
      }
      listMore();
    }
  }
}
