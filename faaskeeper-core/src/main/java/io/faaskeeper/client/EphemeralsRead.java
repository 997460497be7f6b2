package io.faaskeeper.client;

import io.faaskeeper.port.OwnerIndex;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;

/**
 * {@code getEphemerals}: takes the paths from the owner index, and asks their nodes whether they
 * belong to the session at its view.
 */
final class EphemeralsRead extends ReadOp {
  private static final int PAGE_ENTRIES = 1_000;

  /** Entries begin with the czxid of the node, in hexadecimal. */
  private static final int CZXID_DIGITS = 16;

  private final String prefix;
  private final long sessionId;
  private final OwnerIndex owners;
  private final Function<List<ClientRequest.Read>, ReadOp> stats;

  /**
   * @param stats makes an operation that answers {@link Reply.Reads} to reads of any node
   */
  EphemeralsRead(
      RunQueue queue,
      String prefix,
      long sessionId,
      OwnerIndex owners,
      Function<List<ClientRequest.Read>, ReadOp> stats) {
    super(queue);
    this.prefix = prefix.isBlank() || prefix.trim().equals("/") ? "" : prefix;
    this.sessionId = sessionId;
    this.owners = owners;
    this.stats = stats;
  }

  @Override
  void run(long view) {
    page(view, "", new ArrayList<>());
  }

  private void page(long view, String after, List<ClientRequest.Read> found) {
    then(
        () -> owners.list("s:" + HexFormat.of().toHexDigits(sessionId), after, PAGE_ENTRIES),
        entries -> {
          for (String entry : entries) {
            String path = entry.substring(CZXID_DIGITS);
            if (path.startsWith(prefix)) {
              found.add(new ClientRequest.Exists(path, false));
            }
          }
          if (entries.size() < PAGE_ENTRIES) {
            confirm(view, found);
          } else {
            page(view, entries.get(entries.size() - 1), found);
          }
        });
  }

  private void confirm(long view, List<ClientRequest.Read> found) {
    stats
        .apply(found)
        .start(
            view,
            new Outcome() {
              @Override
              public void answered(Code code, Reply.Body body) {
                answer(code, new Reply.Paths(owned(found, body)));
              }

              @Override
              public void behind(long zxid) {
                EphemeralsRead.this.behind(zxid);
              }

              @Override
              public void failed(String reason) {
                fail(reason);
              }
            });
  }

  private List<String> owned(List<ClientRequest.Read> found, Reply.Body body) {
    List<String> paths = new ArrayList<>();
    List<Reply> replies = ((Reply.Reads) body).replies();
    for (int i = 0; i < found.size(); i++) {
      if (replies.get(i).body() instanceof Reply.StatBody stat
          && stat.stat().ephemeralOwner() == sessionId) {
        paths.add(found.get(i).path());
      }
    }
    return paths.stream().distinct().toList();
  }
}
