package io.faaskeeper.simulation;

import io.faaskeeper.port.ServicePorts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberate bugs, each as what stands between everybody and storage. */
final class Mutations {
  private Mutations() {}

  /** Every mutation by its name; each history gets one of its own. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.putAll(LogMutations.all());
    all.putAll(NodeMutations.all());
    all.putAll(MailboxMutations.all());
    all.putAll(SessionMutations.all());
    return all;
  }
}
