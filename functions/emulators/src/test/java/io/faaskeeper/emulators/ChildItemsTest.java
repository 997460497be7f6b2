package io.faaskeeper.emulators;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.port.ChildItem.Version;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** What lies in the table for children. */
class ChildItemsTest {
  private final AwsDeploymentNames names = Local.deployment();
  private final ChildStore children = Local.ports(names).children();

  private void apply(String name, long zxid, boolean alive) {
    await(children.apply("/p", name, new Version(zxid, alive), null, Deadline.NONE));
  }

  private @Nullable Long expiry() {
    List<Map<String, AttributeValue>> items =
        await(
                Local.CLIENTS
                    .dynamoDb()
                    .scan(request -> request.tableName(names.table(Tables.CHILDREN))))
            .items();
    assertEquals(1, items.size());
    AttributeValue expiry = items.get(0).get(TableSchema.EXPIRY);
    return expiry == null ? null : Long.valueOf(expiry.n());
  }

  private void assertADayAfter(long begunSeconds) {
    long expiry = Objects.requireNonNull(expiry());
    long day = Duration.ofDays(1).toSeconds();
    assertTrue(expiry >= begunSeconds + day, "expires at " + expiry);
    assertTrue(expiry <= System.currentTimeMillis() / 1000 + day, "expires at " + expiry);
  }

  @Test
  void aGoneChildExpiresAfterADayUnlessItIsThereAgain() {
    for (String name : List.of("name", "long-".repeat(400))) {
      long begun = System.currentTimeMillis() / 1000;
      apply(name, 1, true);
      assertNull(expiry());

      apply(name, 2, false);
      assertADayAfter(begun);

      apply(name, 3, true);
      assertNull(expiry());

      apply(name, 2, false);
      assertNull(expiry(), "a late copy");

      apply(name, 4, false);
      await(children.remove("/p", name, new Version(4, false), Deadline.NONE));
      apply(name, 4, false);
      assertADayAfter(begun);
      assertFalse(await(children.list("/p", null)).items().get(0).current().alive());
      await(children.remove("/p", name, new Version(4, false), Deadline.NONE));
    }
  }

  @Test
  void theTableExpiresItems() {
    assertEquals(
        TimeToLiveStatus.ENABLED,
        await(
                Local.CLIENTS
                    .dynamoDb()
                    .describeTimeToLive(r -> r.tableName(names.table(Tables.CHILDREN))))
            .timeToLiveDescription()
            .timeToLiveStatus());
  }
}
