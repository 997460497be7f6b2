package io.faaskeeper.emulators;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.StoredNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What lies in the tables for nodes. */
class NodeItemsTest {
  private static final Subscription ONE = new Subscription(Samples.freshProcess(), 1);
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final AwsDeploymentNames names = Local.deployment();
  private final AtomicLong seconds = new AtomicLong(System.currentTimeMillis() / 1000);
  private final NodeStore nodes = ports().nodes();

  /** The ports of a copy that dies before its first request of this kind. */
  private AwsPorts dyingBefore(Class<? extends SdkRequest> kind) {
    ExecutionInterceptor death =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (kind.isInstance(context.request())) {
              throw new IllegalStateException("a test's death");
            }
          }
        };
    return Local.ports(Local.clients(death), names);
  }

  /** The next data goes into the slot that is read: the change before it is in the same group. */
  @Test
  void aReaderOfDataThatADeadCopyHasBegunToReplaceWaitsForIt() {
    apply(Samples.alive("/large", 5, Samples.data(300_000, 5)));
    NodeUpdate next = Samples.alive("/large", 7, Samples.data(300_000, 7));
    NodeStore dying = dyingBefore(UpdateItemRequest.class).nodes();
    Stages.awaitFailure(IllegalStateException.class, dying.apply(next, Deadline.NONE));

    StoredNode read = await(nodes.read("/large", true));
    assertEquals(StoredNode.gone(7, Set.of()), read);
    assertEquals(5, await(nodes.read("/large", false)).touched());

    apply(next);
    assertArrayEquals(next.data(), await(nodes.read("/large", true)).data());
  }

  @Test
  void aDeletedNodeLeavesNoParts() {
    for (int zxid = 1; zxid <= 4; zxid++) {
      apply(Samples.alive("/large", zxid, Samples.data(600_000 / zxid, zxid)));
    }
    assertEquals(5, parts());

    apply(Samples.gone("/large", 5));

    assertEquals(0, parts());
  }

  /** The copy that wrote the tombstone may have died before it deleted the parts. */
  @Test
  void theNextCopyDeletesThePartsToo() {
    apply(Samples.alive("/large", 1, Samples.data(300_000, 1)));
    NodeStore dying = dyingBefore(DeleteItemRequest.class).nodes();
    NodeUpdate gone = Samples.gone("/large", 2);
    Stages.awaitFailure(IllegalStateException.class, dying.apply(gone, Deadline.NONE));
    assertEquals(2, parts());

    apply(gone);

    assertEquals(0, parts());
  }

  /** Whether the node is gone or lives on with other data. */
  @Test
  void aCopyThatComesLateLeavesNoParts() {
    NodeUpdate late = Samples.alive("/large", 2, Samples.data(600_000, 2));
    apply(Samples.alive("/large", 3, new byte[1]));
    apply(late);
    assertEquals(0, parts());

    apply(Samples.gone("/large", 4));
    apply(late);
    assertEquals(0, parts());
  }

  @Test
  void aLivingNodeDoesNotExpire() {
    await(nodes.subscribe("/n", ONE, false));
    apply(Samples.alive("/n", 1, new byte[1]));
    assertNull(expiry("/n"));

    await(nodes.subscribe("/n", ONE, false));
    assertNull(expiry("/n"));
  }

  @Test
  void aTombstoneAndAPlaceholderExpireAfterADay() {
    apply(Samples.gone("/t", 1));
    await(nodes.subscribe("/p", ONE, false));

    assertEquals(seconds.get() + DAY_SECONDS, expiry("/t"));
    assertEquals(seconds.get() + DAY_SECONDS, expiry("/p"));
  }

  @Test
  void whoSubscribesAgainProlongsThem() {
    apply(Samples.gone("/t", 1));
    await(nodes.subscribe("/p", ONE, false));
    seconds.addAndGet(DAY_SECONDS / 4);
    assertProlonged(-DAY_SECONDS / 4);

    seconds.addAndGet(DAY_SECONDS / 2);
    assertProlonged(0);
  }

  private void assertProlonged(long missing) {
    for (String path : List.of("/t", "/p")) {
      await(nodes.subscribe(path, ONE, false));
      assertEquals(seconds.get() + DAY_SECONDS + missing, expiry(path));
    }
  }

  private @Nullable Long expiry(String path) {
    Map<String, AttributeValue> key =
        Map.of("k", AttributeValue.fromB(SdkBytes.fromUtf8String(path)));
    AttributeValue expiry =
        await(
                Local.CLIENTS
                    .dynamoDb()
                    .getItem(get -> get.tableName(names.table(Tables.NODES)).key(key)))
            .item()
            .get(TableSchema.EXPIRY);
    assertNotNull(expiry);
    return expiry.n() == null ? null : Long.valueOf(expiry.n());
  }

  private int parts() {
    return await(
            Local.CLIENTS
                .dynamoDb()
                .scan(request -> request.tableName(names.table(Tables.DATA_PARTS))))
        .count();
  }

  private void apply(NodeUpdate update) {
    await(nodes.apply(update, Deadline.NONE));
  }

  private AwsPorts ports() {
    Clock clock =
        new Clock() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public long currentTimeMillis() {
            return seconds.get() * 1000;
          }
        };
    return new AwsPorts(Local.CLIENTS, names, clock, new SecureRandom());
  }
}
