package io.faaskeeper.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.port.VirtualTime;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.crt.http.HttpException;

class AwsDeploymentTest {
  /** Nobody listens there. */
  private static final String NOBODY =
      """
      {"cloud-provider": "local",
       "endpoints": {"dynamodb": "http://127.0.0.1:1", "sqs": "http://127.0.0.1:1"}}
      """;

  @Test
  void aClientThatCannotBeMadeLeavesNoOpenClientsOfTheSdk() {
    AwsDeployment deployment =
        new AwsDeployment(
            DeploymentConfig.parse(NOBODY),
            new VirtualTime(),
            task -> {
              throw new AssertionError("no thread is needed");
            },
            List.of());
    assertEquals(HttpException.class, whyNot(deployment), "refused by the network");
    assertEquals(RejectedExecutionException.class, whyNot(deployment), "by a closed client");
  }

  private static Class<?> whyNot(AwsDeployment deployment) {
    Throwable cause = assertThrows(CompletionException.class, deployment::clientRuntime);
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass();
  }
}
