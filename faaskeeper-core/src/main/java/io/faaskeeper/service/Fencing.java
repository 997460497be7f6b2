package io.faaskeeper.service;

import io.faaskeeper.model.Request;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that one batch suspects: fences them before the batch is decided, and removes those
 * without sessions after it. One batch at a time.
 */
final class Fencing {
  private static final Logger LOG = LoggerFactory.getLogger(Fencing.class);

  private final ProcessRegistry processes;
  private final OwnerIndex owners;
  private final ClientChannel channel;
  private final ProcessDirectory directory;

  /** Those that were found fenced, and where they could be reached. */
  private final Map<String, String> fenced = new HashMap<>();

  Fencing(ServicePorts ports, ProcessDirectory directory) {
    this.processes = ports.processes();
    this.owners = ports.owners();
    this.channel = ports.channel();
    this.directory = directory;
  }

  /** Those that were found fenced. */
  Set<String> fenced() {
    return fenced.keySet();
  }

  /** Fences whom somebody suspects, if the counter still stands where it was seen. */
  CompletionStage<Void> fence(List<Item> items, Deadline deadline) {
    List<CompletionStage<Void>> fences = new ArrayList<>();
    for (Item item : items) {
      if (item.request() instanceof Request.Suspicion s) {
        fences.add(
            processes
                .fence(s.process(), s.counter(), deadline)
                .thenAccept(row -> suspected(s, row)));
      }
    }
    return Async.all(fences);
  }

  private void suspected(Request.Suspicion s, Optional<ProcessRow> row) {
    if (row.isPresent() && row.get().fenced()) {
      LOG.info("process {} stood still for {} ms and is fenced", s.process(), s.stillMillis());
      synchronized (fenced) {
        fenced.put(s.process(), row.get().address());
      }
    }
  }

  /** A fenced process that has no session left is removed, with what the index says of it. */
  CompletionStage<Void> bury(LogView view, Deadline deadline) {
    List<CompletionStage<?>> removals = new ArrayList<>();
    for (Map.Entry<String, String> each : fenced.entrySet()) {
      String process = each.getKey();
      String owner = OwnerChange.sessionsOf(process);
      Set<String> hints = view.owned(owner);
      if (hints != null && hints.stream().noneMatch(hint -> mayHold(view, process, hint))) {
        LOG.info("process {} is fenced, has no session left, and is removed", process);
        directory.forget(process);
        removals.add(
            channel
                .remove(each.getValue())
                .thenCompose(done -> processes.remove(process, deadline)));
        hints.forEach(hint -> removals.add(owners.remove(owner, hint, deadline)));
      }
    }
    return Async.all(removals);
  }

  private static boolean mayHold(LogView view, String process, String hint) {
    Known<SessionState> session = view.session(OwnerChange.number(hint));
    return session == null
        || (session.isPresent()
            && session.get().process().equals(process)
            && session.get().status() != SessionState.Status.CLOSED);
  }
}
