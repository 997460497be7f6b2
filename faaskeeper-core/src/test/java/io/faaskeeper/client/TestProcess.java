package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A client process whose calls and pushes a test can hold back. */
final class TestProcess {
  final ClientWorld world;
  final PortGate gate = new PortGate();
  final ClientRuntime runtime;
  final Channel channel;

  TestProcess(ClientWorld world, ClientOptions options) {
    this.world = world;
    this.channel = new Channel(world.channels.open());
    this.runtime =
        ClientRuntimes.create(
            new ClientPorts(
                gate.wrap(Watermarks.class, "watermarks", world.storage.watermarks()),
                gate.wrap(NodeStore.class, "nodes", world.storage.nodes()),
                gate.wrap(ChildStore.class, "children", world.storage.children()),
                gate.wrap(OwnerIndex.class, "owners", world.storage.owners()),
                gate.wrap(ProcessRegistry.class, "processes", world.storage.processes()),
                gate.wrap(Mailbox.class, "mailbox", world.storage.mailbox()),
                gate.wrap(WorkerQueue.class, "queue", world.queue),
                channel,
                world.time,
                world.time),
            options,
            world.random);
  }

  /** Opens a session with a timeout of 10 s. */
  TestSession open() {
    return open(10_000);
  }

  TestSession open(int timeoutMillis, Credential... identity) {
    return connected(runtime.open(timeoutMillis, List.of(identity)));
  }

  TestSession attach(TestSession session) {
    return connected(
        runtime.attach(
            session.session.id(),
            session.session.password(),
            session.session.timeoutMillis(),
            session.session.lastZxid(),
            List.of()));
  }

  /** It does nothing more, and nothing reaches it. */
  void die() {
    gate.fail("");
    channel.lose(true);
  }

  /** The name under which it is registered. */
  String name() {
    return world.storage.processes().list("", 10).toCompletableFuture().join().stream()
        .filter(row -> row.address().equals(channel.address("")))
        .findFirst()
        .orElseThrow()
        .name();
  }

  byte[] secret() {
    return world
        .storage
        .processes()
        .channelSecret(name())
        .toCompletableFuture()
        .join()
        .orElseThrow();
  }

  TestSession connected(CompletionStage<ConnectResult> stage) {
    ConnectResult result = world.await(stage);
    if (result instanceof ConnectResult.Connected connected) {
      return new TestSession(world, connected.session());
    }
    throw new AssertionError(result.toString());
  }

  /** The channel, whose pushes can be held, lost, or made up. */
  static final class Channel implements ChannelEndpoint {
    private final ChannelEndpoint endpoint;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private Consumer<byte[]> receiver = message -> {};
    private boolean holding;
    private boolean losing;

    Channel(ChannelEndpoint endpoint) {
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
    public void receive(Consumer<byte[]> newReceiver) {
      receiver = newReceiver;
      endpoint.receive(
          message -> {
            if (holding) {
              held.add(message);
            } else if (!losing) {
              newReceiver.accept(message);
            }
          });
    }

    /** Puts a message on the wire. */
    void inject(byte[] message) {
      receiver.accept(message);
    }

    void hold() {
      holding = true;
    }

    int held() {
      return held.size();
    }

    /** Takes the oldest held push, to be injected or not. */
    byte[] take() {
      return held.remove();
    }

    /** Lets the held ones come, in their order. */
    void release() {
      holding = false;
      while (!held.isEmpty()) {
        receiver.accept(held.remove());
      }
    }

    void lose(boolean lose) {
      losing = lose;
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }
}
