package io.faaskeeper.demo;

import io.faaskeeper.aws.Keys;
import io.faaskeeper.client.ClientRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which operations wait for which nodes, so that a call of storage can be told from its key to be
 * for one of them. Of several that wait for one node, the first. Thread-safe.
 */
final class PendingReads {
  private final ConcurrentMap<SdkBytes, List<String>> byKey = new ConcurrentHashMap<>();

  /**
   * Notes that a request waits for the nodes that it reads; of a request that reads none, nothing.
   */
  void begin(ClientRequest request) {
    String operation = OperationNames.of(request);
    keys(request)
        .forEach(
            key ->
                byKey.merge(
                    key,
                    List.of(operation),
                    (before, one) -> Stream.concat(before.stream(), one.stream()).toList()));
  }

  /** The request is answered, or will not be. */
  void end(ClientRequest request) {
    String operation = OperationNames.of(request);
    keys(request).forEach(key -> byKey.computeIfPresent(key, (k, all) -> without(all, operation)));
  }

  @SuppressWarnings("NullAway") // null removes the entry
  private static List<String> without(List<String> all, String operation) {
    int one = all.indexOf(operation);
    List<String> rest =
        Stream.concat(all.subList(0, one).stream(), all.subList(one + 1, all.size()).stream())
            .toList();
    return rest.isEmpty() ? null : rest;
  }

  /** For which operation a call of storage is. */
  Optional<String> of(SdkRequest call) {
    return Stream.of("Key", "ExpressionAttributeValues")
        .flatMap(field -> call.getValueForField(field, Map.class).stream())
        .flatMap(values -> ((Map<?, ?>) values).values().stream())
        .map(value -> value instanceof AttributeValue attribute ? attribute.b() : null)
        .flatMap(Stream::ofNullable)
        .flatMap(key -> Stream.ofNullable(byKey.get(key)))
        .map(operations -> operations.get(0))
        .findFirst();
  }

  private static Stream<SdkBytes> keys(ClientRequest request) {
    return paths(request).distinct().map(path -> SdkBytes.fromByteArray(Keys.path(path)));
  }

  private static Stream<String> paths(ClientRequest request) {
    if (request instanceof ClientRequest.Read read) {
      return Stream.of(read.path());
    } else if (request instanceof ClientRequest.MultiRead multi) {
      return multi.reads().stream().map(ClientRequest.Read::path);
    } else if (request instanceof ClientRequest.AddWatch watch) {
      return Stream.of(watch.path());
    }
    return Stream.empty();
  }
}
