package io.faaskeeper.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An update of a stack's parameters: pure.
 *
 * @param stack as it is
 * @param said the parameters that get a value
 */
record StackUpdate(StackState stack, Map<String, String> said) {
  StackUpdate {
    said = Map.copyOf(said);
  }

  /** Whether a parameter gets another value than it has. */
  boolean changesAny() {
    return said.entrySet().stream()
        .anyMatch(e -> !e.getValue().equals(stack.parameters().get(e.getKey())));
  }

  /**
   * The parameters whose values stay, of which an update has to say so: what it does not mention
   * gets the template's default.
   *
   * @param known the parameters of the template
   */
  Set<String> kept(Set<String> known) {
    Set<String> kept = new TreeSet<>(stack.parameters().keySet());
    kept.retainAll(known);
    kept.removeAll(said.keySet());
    return kept;
  }

  /** The values after it, but for the secret and the release. */
  Map<String, String> after() {
    Map<String, String> after = new TreeMap<>(stack.parameters());
    after.putAll(said);
    after.keySet().removeAll(Set.of(StackParameters.SECRET, StackParameters.RELEASE));
    return after;
  }

  /** What becomes of each parameter, but for the secret. */
  List<String> lines(Set<String> kept) {
    Map<String, String> lines = new TreeMap<>();
    kept.forEach(name -> lines.put(name, stack.parameter(name) + ", kept"));
    said.forEach((name, value) -> lines.put(name, value + former(name, value)));
    lines.remove(StackParameters.SECRET);
    return lines.entrySet().stream().map(e -> "  " + e.getKey() + " = " + e.getValue()).toList();
  }

  private String former(String name, String value) {
    String former = stack.parameter(name);
    return value.equals(former) ? "" : ", was " + former;
  }
}
