package io.faaskeeper.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deployment.DeploymentConfig.ClientChannelKind;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.deployment.DeploymentConfig.UserStorageKind;
import io.faaskeeper.deployment.DeploymentConfig.WorkerQueueKind;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentConfigTest {
  /** As a user of the published FaaSKeeper has it, after its own deployment. */
  private static final String PUBLISHED =
      """
      {
        "verbose": true,
        "cloud-provider": "aws",
        "port": 5000,
        "client-port": 5000,
        "deployment-name": "dev",
        "deployment-region": "us-east-1",
        "user-storage": "persistent",
        "system-storage": "key-value",
        "heartbeat-frequency": 12,
        "worker-queue": "dynamodb",
        "distributor-queue": "sqs",
        "client-channel": "sqs",
        "configuration": {"benchmarking": "True", "benchmarking-frequency": 1},
        "aws": {"data-bucket": "faaskeeper-data-1234"}
      }
      """;

  @Test
  void aPublishedConfigurationIsReadAsItIs() {
    DeploymentConfig config = DeploymentConfig.parse(PUBLISHED);

    assertEquals(DeploymentConfig.Provider.AWS, config.provider());
    assertEquals("dev", config.name());
    assertEquals("us-east-1", config.region());
    assertEquals(UserStorageKind.PERSISTENT, config.userStorage());
    assertEquals(WorkerQueueKind.DYNAMODB, config.workerQueue());
    assertEquals(DistributorQueueKind.SQS, config.distributorQueue());
    assertEquals(ClientChannelKind.SQS, config.clientChannel());
    assertEquals(new BigDecimal(12), config.heartbeatFrequencyMinutes());
    assertEquals(5000, config.port());
    assertTrue(config.verbose());
    assertEquals("faaskeeper-data-1234", config.dataBucket());
  }

  @Test
  void aConfigurationIsReadFromItsOwnText() {
    for (String json : List.of(PUBLISHED, "{}", "{\"cloud-provider\": \"memory\", \"port\": -1}")) {
      DeploymentConfig config = DeploymentConfig.parse(json);

      assertEquals(config, DeploymentConfig.parse(config.toJson()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"user-storage\": \"in-memory\"} | user-storage is \"in-memory\", and must be key-value"
            + " or persistent or hybrid",
        "{\"system-storage\": \"persistent\"} | system-storage is \"persistent\", and must be"
            + " key-value",
        "{\"worker-queue\": \"kafka\"} | worker-queue is \"kafka\", and must be sqs or dynamodb",
        "{\"distributor-queue\": 1} | distributor-queue is 1, and must be inline or sqs or dynamodb",
        "{\"client-channel\": \"udp\"} | client-channel is \"udp\", and must be tcp or sqs",
        "{\"cloud-provider\": \"azure\"} | cloud-provider is \"azure\", and must be aws or local or"
            + " memory",
        "{\"heartbeat-frequency\": 0} | heartbeat-frequency is 0, and must be a number above 0",
        "{\"verbose\": \"yes\"} | verbose is \"yes\", and must be true or false",
        "{\"aws\": {\"data-bucket\": \"A\"}} | data-bucket of aws is \"A\", and must match"
            + " [a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        "{\"aws\": {\"bucket\": \"a\"}} | aws has bucket=\"a\", and may have texts for [data-bucket]",
        "{\"cloud-provider\": \"memory\", \"user-storage\": \"hybrid\"} | user-storage is"
            + " \"hybrid\", which cloud-provider memory does not have: leave it out, or key-value",
        "{\"cloud-provider\": \"memory\", \"client-channel\": \"sqs\"} | client-channel is"
            + " \"sqs\", which cloud-provider memory does not have: leave it out, or tcp",
        "[] | no JSON object",
      })
  void whatIsWrongIsNamedInOneLineWithWhatIsAllowed(String json, String message) {
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> DeploymentConfig.parse(json));

    assertEquals(message, refusal.getMessage());
  }

  @Test
  void anUnknownKeyIsNamedWithThoseThatAreKnown() {
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> DeploymentConfig.parse("{\"user-store\": 1}"));

    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.startsWith("unknown key user-store; known are aws, channel-host, "), message);
    assertFalse(message.contains("\n"), message);
  }
}
