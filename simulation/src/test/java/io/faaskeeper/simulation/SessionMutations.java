package io.faaskeeper.simulation;

import static io.faaskeeper.simulation.Ports.always;
import static io.faaskeeper.simulation.Ports.join;
import static io.faaskeeper.simulation.Ports.lose;
import static io.faaskeeper.simulation.Ports.replace;

import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberate bugs of sessions, processes and what they own. */
final class SessionMutations {
  private SessionMutations() {}

  /** Each by its name. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.put("lose the apply of a session", () -> lose("SessionStore.apply", 5, null));
    all.put("read no session", () -> always("SessionStore.read", Optional.empty()));
    all.put("forget the sequence numbers of a session", SessionMutations::forgetSequence);
    all.put("forget what an owner owns", () -> lose("OwnerIndex.put", 3, null));
    all.put("never fence", () -> SessionMutations::neverFence);
    all.put("see all leases stand still", () -> SessionMutations::standStill);
    all.put("keep hints to nodes that are gone", () -> lose("OwnerIndex.remove", 1, null));
    all.put("keep rows of fenced processes", () -> lose("ProcessRegistry.remove", 1, null));
    return all;
  }

  private static UnaryOperator<ServicePorts> forgetSequence() {
    return replace(
        "SessionStore.apply",
        (sound, args) -> {
          SessionState s = (SessionState) args[0];
          return sound.call(withSequence(s, Math.max(0, s.lastSeq() - 1)), args[1]);
        });
  }

  private static ServicePorts neverFence(ServicePorts ports) {
    return replace(
            "ProcessRegistry.fence", (sound, args) -> ports.processes().read((String) args[0]))
        .apply(ports);
  }

  /** Whoever looks at a lease sees it stand still, and is believed. */
  private static ServicePorts standStill(ServicePorts ports) {
    return replace("ProcessRegistry.read", (sound, args) -> still(sound.call(args)))
        .andThen(
            replace(
                "ProcessRegistry.list",
                (sound, args) ->
                    sound
                        .call(args)
                        .thenApply(
                            rows ->
                                ((List<?>) rows)
                                    .stream().map(SessionMutations::stillRow).toList())))
        .andThen(
            replace(
                "ProcessRegistry.fence",
                (sound, args) -> {
                  Optional<ProcessRow> row = join(ports.processes().read((String) args[0]));
                  return sound.call(
                      args[0], row.map(ProcessRow::counter).orElse((Long) args[1]), args[2]);
                }))
        .apply(ports);
  }

  private static CompletionStage<?> still(CompletionStage<?> row) {
    return row.thenApply(found -> ((Optional<?>) found).map(SessionMutations::stillRow));
  }

  private static ProcessRow stillRow(Object row) {
    ProcessRow r = (ProcessRow) row;
    return new ProcessRow(r.name(), 0, r.timeoutMillis(), r.address(), r.fenced());
  }

  static SessionState withSequence(SessionState s, long seq) {
    return new SessionState(
        s.id(),
        s.touched(),
        s.status(),
        s.timeoutMillis(),
        s.process(),
        s.epoch(),
        s.token(),
        s.opened(),
        seq,
        s.lastRecord());
  }
}
