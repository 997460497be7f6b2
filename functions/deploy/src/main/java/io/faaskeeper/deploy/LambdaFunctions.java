package io.faaskeeper.deploy;

import static io.faaskeeper.deploy.AwsErrors.told;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Functions by the SDK. */
final class LambdaFunctions implements Functions {
  private final LambdaClient client;

  LambdaFunctions(LambdaClient client) {
    this.client = client;
  }

  @Override
  public Optional<FunctionState> find(String name) {
    return told(
        () -> {
          try {
            FunctionConfiguration found =
                client.getFunction(r -> r.functionName(name)).configuration();
            return Optional.of(
                new FunctionState(
                    String.valueOf(found.stateAsString()),
                    String.valueOf(found.lastUpdateStatusAsString()),
                    found.codeSize(),
                    String.valueOf(found.lastModified())));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<SourceState> sources(String aliasOrName) {
    return told(
        () ->
            client
                .listEventSourceMappings(r -> r.functionName(aliasOrName))
                .eventSourceMappings()
                .stream()
                .map(s -> new SourceState(String.valueOf(s.eventSourceArn()), s.state()))
                .toList());
  }
}
