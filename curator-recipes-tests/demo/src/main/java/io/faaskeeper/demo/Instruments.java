package io.faaskeeper.demo;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.port.Clock;

/**
 * What the launcher measures and does with the client processes of its JVM. There is one for all,
 * since those who need it are made by others, by name: {@link InstrumentedRuntimes} and {@link
 * StorageCalls}.
 */
final class Instruments {
  static final Instruments OF_THIS_JVM = new Instruments(Clock.SYSTEM);

  private final Latencies latencies = new Latencies();
  private final PendingReads reads = new PendingReads();
  private final ClientCalls clientCalls = new ClientCalls(reads);
  private final Silence silence = new Silence();
  private final OperationMeter meter;

  Instruments(Clock clock) {
    meter = new OperationMeter(latencies, clock);
  }

  ClientRuntime around(ClientRuntime runtime) {
    return new MeteredRuntime(runtime, meter, reads, silence);
  }

  Latencies latencies() {
    return latencies;
  }

  ClientCalls clientCalls() {
    return clientCalls;
  }

  Silence silence() {
    return silence;
  }
}
