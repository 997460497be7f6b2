package io.faaskeeper.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faaskeeper.processor.ZnodePath;
import java.util.Optional;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * A read of the node in which ZooKeeper keeps the count of a subtree that has a quota. Nobody keeps
 * it here: what the node holds is replaced by what there is at the view, counted for this read. If
 * others write there so often that it can't be counted at any view, it is told as it is stored.
 *
 * @see <a href="https://zookeeper.apache.org/doc/r3.9.5/zookeeperQuotas.html">Quotas</a>
 */
final class QuotaStatsRead extends ReadOp {
  private static final String STATS = "/zookeeper_stats";

  /** A subtree in which somebody writes all the time may be ahead of the view every time. */
  private static final int COUNTS_MAX = 5;

  private final ReadOp node;
  private final Function<SubtreeRead.Body, ReadOp> count;
  private @Nullable ReadOp counting;
  private int counts;

  /**
   * @param node reads the node itself, by {@code getData} or {@code exists}
   * @param count makes the operation that counts the subtree
   */
  QuotaStatsRead(RunQueue queue, ReadOp node, Function<SubtreeRead.Body, ReadOp> count) {
    super(queue);
    this.node = node;
    this.count = count;
  }

  /** The top of the subtree whose count a read asks for, if it asks for one. */
  static Optional<String> countedBy(ClientRequest.Read read) {
    boolean shows = read instanceof ClientRequest.GetData || read instanceof ClientRequest.Exists;
    String path = read.path();
    boolean stats = path.startsWith(ZnodePath.QUOTA + "/") && path.endsWith(STATS);
    return shows && stats
        ? Optional.of(path.substring(ZnodePath.QUOTA.length(), path.length() - STATS.length()))
        : Optional.empty();
  }

  @Override
  void run(long view) {
    node.start(
        view,
        new Part() {
          @Override
          public void answered(Code code, Reply.Body body) {
            if (code == Code.OK) {
              count(view, body);
            } else {
              answer(code, body);
            }
          }
        });
  }

  private void count(long view, Reply.Body stored) {
    if (++counts > COUNTS_MAX) {
      answer(Code.OK, stored);
      return;
    }
    ReadOp now = count.apply((nodes, bytes) -> shown(stored, nodes, bytes));
    counting = now;
    now.start(
        view,
        new Part() {
          @Override
          public void answered(Code code, Reply.Body body) {
            answer(Code.OK, code == Code.OK ? body : shown(stored, 0, 0));
          }
        });
  }

  @Override
  void cancel() {
    super.cancel();
    node.cancel();
    if (counting != null) {
      counting.cancel();
    }
  }

  private static Reply.Body shown(Reply.Body stored, int nodes, long bytes) {
    byte[] data = ("count=" + nodes + ",bytes=" + bytes).getBytes(UTF_8);
    if (stored instanceof Reply.Data read) {
      return new Reply.Data(data, read.stat().withLength(data.length));
    }
    return new Reply.StatBody(((Reply.StatBody) stored).stat().withLength(data.length));
  }

  /** One of the operations that this one consists of. */
  private abstract class Part implements Outcome {
    @Override
    public void behind(long zxid) {
      QuotaStatsRead.this.behind(zxid);
    }

    @Override
    public void failed(String reason) {
      fail(reason);
    }
  }
}
