package io.faaskeeper.deploy;

import java.util.Map;

/**
 * A stack as CloudFormation describes it.
 *
 * @param id its ARN, which names it beyond its deletion
 * @param status CloudFormation's name of its status
 * @param parameters the values of its parameters; a secret one is masked
 * @param outputs the values of its outputs
 */
record StackState(
    String id, String status, Map<String, String> parameters, Map<String, String> outputs) {
  StackState {
    parameters = Map.copyOf(parameters);
    outputs = Map.copyOf(outputs);
  }

  boolean isUnderWay() {
    return status.endsWith("_IN_PROGRESS") && !isOnlyReviewed();
  }

  /** There is a change set, and nothing else yet. */
  boolean isOnlyReviewed() {
    return status.equals("REVIEW_IN_PROGRESS");
  }

  /** Whether the last operation ended as it was meant to. */
  boolean isSettled() {
    return status.endsWith("_COMPLETE") && !status.contains("ROLLBACK");
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }
}
