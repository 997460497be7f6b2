package io.faaskeeper.processor;

import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.Set;

/** What the processor says of a request. */
public sealed interface Verdict {
  /**
   * The request is decided.
   *
   * @param result the answer; Stats in it are as a client sees them
   * @param changes what it changes, in the order in which ZooKeeper raises the events; empty if it
   *     failed
   */
  record Decided(Result result, List<NodeChange> changes) implements Verdict {
    public Decided {
      changes = List.copyOf(changes);
    }
  }

  /** Not decided: look these paths up, then ask again. Never empty. */
  record Missing(Set<String> paths) implements Verdict {
    public Missing {
      paths = Set.copyOf(paths);
      if (paths.isEmpty()) {
        throw new IllegalArgumentException("nothing is missing");
      }
    }
  }
}
