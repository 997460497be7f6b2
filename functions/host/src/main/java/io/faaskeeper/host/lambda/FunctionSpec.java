package io.faaskeeper.host.lambda;

import java.time.Duration;
import java.util.Map;

/**
 * A function as it is deployed.
 *
 * @param name how it is invoked
 * @param handler the class name of its handler
 * @param concurrency how many instances there may be at a time; an invocation beyond is throttled
 * @param provisioned how many instances are kept ready, also when nobody invokes it
 * @param timeout how long an invocation may last before its instance is killed
 * @param environment its environment variables: all of them but Lambda's own
 */
public record FunctionSpec(
    String name,
    String handler,
    int concurrency,
    int provisioned,
    Duration timeout,
    Map<String, String> environment) {
  public FunctionSpec {
    if (concurrency < 1 || provisioned < 0 || provisioned > concurrency) {
      throw new IllegalArgumentException(
          "%d instances, %d of them provisioned".formatted(concurrency, provisioned));
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a time-out of " + timeout);
    }
    environment = Map.copyOf(environment);
  }
}
