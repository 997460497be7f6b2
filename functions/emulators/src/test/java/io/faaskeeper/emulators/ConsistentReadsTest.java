package io.faaskeeper.emulators;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Samples;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Every read is strongly consistent: of what an emulator answers, nothing tells. What is read is
 * relied on, as by the heartbeat, which switches itself off when it finds no process.
 */
class ConsistentReadsTest {
  /** By kind and table; whether all of them asked for it. */
  private final Map<String, Boolean> reads = new ConcurrentHashMap<>();

  private final AwsPorts ports =
      Local.ports(
          Local.clients(
              new ExecutionInterceptor() {
                @Override
                public void beforeExecution(
                    Context.BeforeExecution context, ExecutionAttributes attributes) {
                  note(context.request());
                }
              }),
          Local.deployment());

  private void note(SdkRequest request) {
    if (request instanceof GetItemRequest get) {
      note("GetItem " + role(get.tableName()), get.consistentRead());
    } else if (request instanceof QueryRequest query) {
      note("Query " + role(query.tableName()), query.consistentRead());
    }
  }

  private static String role(String table) {
    return table.replaceFirst("faaskeeper-[^-]*-", "");
  }

  private void note(String read, Boolean consistent) {
    reads.merge(read, Boolean.TRUE.equals(consistent), Boolean::logicalAnd);
  }

  @Test
  void everyReadIsStronglyConsistent() {
    String process = Samples.freshProcess();
    await(ports.nodes().apply(Samples.alive("/large", 1, Samples.data(9_000, 1)), Deadline.NONE));
    await(ports.nodes().read("/large", true));
    await(ports.children().list("/", null));
    await(ports.owners().list("o", "", 10));
    await(ports.owners().list("o", "a", 10));
    await(ports.sessions().read(1));
    await(ports.processes().read(process));
    await(ports.processes().channelSecret(process));
    await(ports.mailbox().read(process, 1, 9));
    await(ports.watermarks().read());
    await(ports.watermarks().recursiveWatches());
    await(await(ports.openLog(16)).read(1));
    await(ports.processes().list("", 10));
    await(ports.processes().list(process, 10));

    Set<String> all =
        Set.of(
            "GetItem data-parts",
            "GetItem log",
            "GetItem nodes",
            "GetItem processes",
            "GetItem secrets",
            "GetItem sessions",
            "GetItem state",
            "Query children",
            "Query mailboxes",
            "Query owners",
            "Query processes",
            "Query state");
    assertEquals(all, reads.keySet());
    assertEquals(Set.of(true), Set.copyOf(reads.values()), reads::toString);
  }
}
