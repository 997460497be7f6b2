package io.faaskeeper.demo;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Operation;

/** Requests by the names that ZooKeeper's documentation gives them. */
final class OperationNames {
  private OperationNames() {}

  static String of(ClientRequest request) {
    return request instanceof ClientRequest.Write write
        ? of(write.operation())
        : lowerFirst(request.getClass().getSimpleName());
  }

  static String of(Operation operation) {
    return lowerFirst(operation.getClass().getSimpleName());
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
