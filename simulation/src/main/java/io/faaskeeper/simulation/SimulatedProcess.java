package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A client process: the real runtime, on a machine that can die or be cut off. */
final class SimulatedProcess {
  final Machine machine;
  final ClientRuntime runtime;
  private final Chaos chaos;

  SimulatedProcess(
      Machine machine,
      SimulatedStorage stored,
      WorkerQueue queue,
      ChannelEndpoint endpoint,
      Random random,
      Chaos chaos) {
    this.machine = machine;
    this.chaos = chaos;
    ServicePorts storage = stored.ports;
    ClientPorts ports =
        new ClientPorts(
            chaos.wrap(Watermarks.class, storage.watermarks(), machine),
            stored.nodes(machine),
            chaos.wrap(ChildStore.class, storage.children(), machine),
            chaos.wrap(OwnerIndex.class, storage.owners(), machine),
            chaos.wrap(ProcessRegistry.class, storage.processes(), machine),
            chaos.wrap(Mailbox.class, storage.mailbox(), machine),
            queue,
            new LossyEndpoint(endpoint),
            machine,
            machine);
    runtime = ClientRuntimes.create(ports, ClientOptions.DEFAULTS, random);
  }

  /** Dies: nobody is told. */
  void die() {
    machine.die();
    runtime.halt();
  }

  /** Loses, doubles and delays pushes. */
  private final class LossyEndpoint implements ChannelEndpoint {
    private final ChannelEndpoint endpoint;

    LossyEndpoint(ChannelEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public String address(String process) {
      return endpoint.address(process);
    }

    @Override
    public CompletionStage<Void> open(String process) {
      return endpoint.open(process);
    }

    @Override
    public void end(String process) {
      endpoint.end(process);
    }

    @Override
    public void receive(Consumer<byte[]> receiver) {
      endpoint.receive(
          message -> {
            if (!chaos.happens(Fault.PUSH, machine.risks)) {
              chaos.later(machine, () -> receiver.accept(message));
            }
            if (chaos.happens(Fault.PUSH, machine.risks)) {
              chaos.later(machine, () -> receiver.accept(message));
            }
          });
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }
}
