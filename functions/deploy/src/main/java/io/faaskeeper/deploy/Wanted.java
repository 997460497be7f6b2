package io.faaskeeper.deploy;

import io.faaskeeper.deployment.DeploymentConfig;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a call wants of the template's parameters: pure.
 *
 * @param values those of a new deployment, as far as the template's defaults are not meant
 * @param named whose values the call itself gives; an update changes no others
 */
record Wanted(Map<String, String> values, Set<String> named) {
  Wanted {
    values = Map.copyOf(values);
    named = Set.copyOf(named);
    if (!values.keySet().containsAll(named)) {
      throw new IllegalArgumentException("no value for some of " + named);
    }
  }

  /**
   * From what a call gives.
   *
   * @param keys of the configuration, which the call gives itself
   * @param parameters by their names, before what the configuration says
   */
  static Wanted of(DeploymentConfig config, Set<String> keys, Map<String, String> parameters) {
    Map<String, String> values = StackParameters.of(config);
    Set<String> named = new HashSet<>(StackParameters.saidBy(keys));
    named.retainAll(values.keySet());
    values.putAll(parameters);
    named.addAll(parameters.keySet());
    return new Wanted(values, named);
  }

  /** What an existing deployment is told. */
  Map<String, String> namedValues() {
    Map<String, String> said = new TreeMap<>(values);
    said.keySet().retainAll(named);
    return said;
  }
}
