package io.faaskeeper.memory;

import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ClientChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client channels of the processes in this JVM, at addresses {@code memory:<n>}. A push calls
 * the receiver on the pushing thread, under no lock; one to an address where nobody listens, or not
 * yet, is lost. Thread-safe.
 */
public final class MemoryChannels implements ClientChannel {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryChannels.class);

  private final AtomicLong opened = new AtomicLong();
  private final ConcurrentHashMap<String, Endpoint> endpoints = new ConcurrentHashMap<>();

  /** A new endpoint, at an address of its own. */
  public ChannelEndpoint open() {
    Endpoint endpoint = new Endpoint("memory:" + opened.incrementAndGet());
    endpoints.put(endpoint.address, endpoint);
    return endpoint;
  }

  @Override
  public CompletionStage<Void> push(String address, byte[] message) {
    deliver(address, message);
    return CompletableFuture.completedStage(null);
  }

  /** An endpoint goes when it is closed. */
  @Override
  public CompletionStage<Void> remove(String address) {
    return CompletableFuture.completedStage(null);
  }

  private void deliver(String address, byte[] message) {
    Endpoint endpoint = endpoints.get(address);
    Consumer<byte[]> receiver = endpoint == null ? null : endpoint.receiver;
    if (receiver == null) {
      LOG.debug("nobody listens at {}", address);
      return;
    }
    try {
      receiver.accept(message);
    } catch (RuntimeException e) {
      LOG.warn("the receiver at {} failed", address, e);
    }
  }

  private final class Endpoint implements ChannelEndpoint {
    private final String address;
    private volatile @Nullable Consumer<byte[]> receiver;

    Endpoint(String address) {
      this.address = address;
    }

    @Override
    public String address(String process) {
      return address;
    }

    @Override
    public CompletionStage<Void> open(String process) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void end(String process) {}

    @Override
    public void receive(Consumer<byte[]> newReceiver) {
      receiver = newReceiver;
    }

    @Override
    public void close() {
      endpoints.remove(address);
    }
  }
}
