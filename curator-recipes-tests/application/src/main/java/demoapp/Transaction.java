package demoapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.framework.api.transaction.TransactionOp;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/**
 * A transaction that commits as a whole, and one whose second half fails, so that none of it is.
 */
final class Transaction implements Recipe {
  @Override
  public String name() {
    return "transaction";
  }

  @Override
  public String run(Stage stage) throws Exception {
    CuratorFramework client = stage.newClient();
    String account = stage.path("account");
    String receipt = stage.path("receipt");
    client.create().creatingParentsIfNeeded().forPath(account, text("100"));

    commit(client, account, receipt);
    stage.say("committed: account written and receipt created under one zxid");
    fail(client, account, stage.path("second-receipt"));
    stage.say("refused: a check of the wrong version, and nothing else happened");
    return "one committed whole, one left nothing";
  }

  private static void commit(CuratorFramework client, String account, String receipt)
      throws Exception {
    TransactionOp op = client.transactionOp();
    List<CuratorTransactionResult> results =
        client
            .transaction()
            .forOperations(
                op.check().withVersion(0).forPath(account),
                op.setData().withVersion(0).forPath(account, text("70")),
                op.create().forPath(receipt, text("30")));
    Stage.promise(results.size() == 3, "one result for each operation");
    Stage.promise(results.stream().allMatch(r -> r.getError() == 0), "no result is an error");
    Stage.promise("70".equals(read(client, account)), "the account is written");
    Stage.promise("30".equals(read(client, receipt)), "the receipt is there");
    long written = stat(client, account).getMzxid();
    Stage.promise(written == stat(client, receipt).getCzxid(), "one zxid for both");
  }

  private static void fail(CuratorFramework client, String account, String receipt)
      throws Exception {
    Stat before = stat(client, account);
    TransactionOp op = client.transactionOp();
    List<CuratorOp> operations =
        List.of(
            op.setData().forPath(account, text("0")),
            op.create().forPath(receipt, text("70")),
            op.check().withVersion(before.getVersion() + 7).forPath(account));
    try {
      client.transaction().forOperations(operations);
      throw new BrokenPromiseException("broken: a transaction with a failing check fails");
    } catch (KeeperException.BadVersionException expected) {
      Stage.promise(expected.getResults().size() == 3, "the error tells of each operation");
    }
    Stage.promise(stat(client, account).equals(before), "the account is as it was");
    Stage.promise(client.checkExists().forPath(receipt) == null, "no second receipt");
  }

  private static Stat stat(CuratorFramework client, String path) throws Exception {
    Stat stat = client.checkExists().forPath(path);
    if (stat == null) {
      throw new BrokenPromiseException("broken: " + path + " exists");
    }
    return stat;
  }

  private static String read(CuratorFramework client, String path) throws Exception {
    return new String(client.getData().forPath(path), UTF_8);
  }

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }
}
