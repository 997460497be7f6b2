package io.faaskeeper.aws;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * The deadline of one call. The SDK signs each attempt anew, retries included, and the service
 * refuses a signature that is some minutes old; so a call that was frozen at any point has no
 * effect once these minutes are over, if no attempt is signed after the deadline.
 */
final class DeadlineGuard {
  private static final ExecutionAttribute<DeadlineGuard> GUARD =
      new ExecutionAttribute<>("FaaSKeeperDeadline");

  private final Deadline deadline;
  private final Clock clock;
  private volatile boolean sent;

  DeadlineGuard(Deadline deadline, Clock clock) {
    this.deadline = deadline;
    this.clock = clock;
  }

  /** What makes a request's attempts ask this guard. */
  AwsRequestOverrideConfiguration override() {
    return AwsRequestOverrideConfiguration.builder().putExecutionAttribute(GUARD, this).build();
  }

  /** Throws if the deadline has passed; to be called after each signing. */
  private void attempt() {
    if (deadline.hasPassed(clock)) {
      if (sent) {
        throw SdkClientException.create(
            "the deadline passed while it was unknown what became of an earlier attempt");
      }
      throw new DeadlinePassedException("the deadline passed before the call was sent");
    }
    sent = true;
  }

  /** What a client of the SDK needs so that the guards of its calls are asked. */
  static final class Interceptor implements ExecutionInterceptor {
    /** Called with each attempt's signed request. */
    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes all) {
      DeadlineGuard guard = all.getAttribute(GUARD);
      if (guard != null) {
        guard.attempt();
      }
    }
  }
}
