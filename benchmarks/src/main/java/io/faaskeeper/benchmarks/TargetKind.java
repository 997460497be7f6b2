package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.targets.Ensemble;
import io.faaskeeper.benchmarks.targets.InMemory;
import io.faaskeeper.benchmarks.targets.InMemoryGateway;
import io.faaskeeper.benchmarks.targets.OnEmulators;
import io.faaskeeper.benchmarks.targets.SingleServer;
import io.faaskeeper.benchmarks.targets.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What it is measured on. */
enum TargetKind {
  SINGLE("ZooKeeper, one server"),
  ENSEMBLE("ZooKeeper, ensemble of three"),
  MEMORY("FaaSKeeper, in memory"),
  EMULATORS("FaaSKeeper, on emulators"),
  GATEWAY("FaaSKeeper, in memory behind a gateway");

  private final String label;

  TargetKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * A target that is not started.
   *
   * @param folder for what it keeps
   */
  Target create(Path folder) throws IOException {
    return switch (this) {
      case SINGLE -> new SingleServer(folder);
      case ENSEMBLE -> new Ensemble(folder);
      case MEMORY -> new InMemory(folder);
      case EMULATORS -> new OnEmulators(folder);
      case GATEWAY -> new InMemoryGateway(folder);
    };
  }

  /** As the user says it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
