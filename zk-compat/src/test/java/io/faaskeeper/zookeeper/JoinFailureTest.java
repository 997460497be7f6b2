package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deployment.ConfigException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class JoinFailureTest {
  @Test
  void whatWrapsItIsLeftOut() {
    var failure = new CompletionException(new CompletionException(new IllegalStateException("x")));

    assertEquals("java.lang.IllegalStateException: x", JoinFailure.reason(failure));
  }

  @Test
  void aConfigurationSaysItself() {
    assertEquals(
        "endpoints lacks sqs", JoinFailure.reason(new ConfigException("endpoints lacks sqs")));
  }

  /** The SDK lists each place where it has looked. */
  @Test
  void missingCredentialsAreToldShort() {
    try (AwsCredentialsProviderChain chain =
        AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create())) {
      chain.resolveCredentials();
    } catch (SdkClientException e) {
      String reason = JoinFailure.reason(new CompletionException(e));
      assertTrue(reason.startsWith("no AWS credentials: set AWS_PROFILE"), reason);
      return;
    }
    throw new AssertionError("there are credentials among the system properties");
  }
}
