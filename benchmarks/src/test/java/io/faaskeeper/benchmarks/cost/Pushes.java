package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.port.ClientChannel;
import java.util.OptionalLong;

/** A client channel that remembers when it was last used first. Thread-safe. */
final class Pushes implements ClientChannel {
  private final ClientChannel channel;
  private OptionalLong first = OptionalLong.empty();

  Pushes(ClientChannel channel) {
    this.channel = channel;
  }

  synchronized void forget() {
    first = OptionalLong.empty();
  }

  /** The time of the first push since {@link #forget}, as {@link System#nanoTime}. */
  synchronized OptionalLong first() {
    return first;
  }

  @Override
  public void push(String address, byte[] message) {
    synchronized (this) {
      if (first.isEmpty()) {
        first = OptionalLong.of(System.nanoTime());
      }
    }
    channel.push(address, message);
  }
}
