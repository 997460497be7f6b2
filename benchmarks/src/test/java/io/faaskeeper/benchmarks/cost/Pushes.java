package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.ClientChannel;

/** A client channel that tells a meter of each push. Thread-safe. */
record Pushes(ClientChannel channel, CallMeter meter) implements ClientChannel {
  @Override
  public void push(String address, byte[] message) {
    meter.answerPushed();
    channel.push(address, message);
  }
}
