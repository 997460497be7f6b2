package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.ClientChannel;
import java.util.concurrent.CompletionStage;

/** A client channel that tells a meter of each push. Thread-safe. */
record Pushes(ClientChannel channel, CallMeter meter) implements ClientChannel {
  @Override
  public CompletionStage<Void> push(String address, byte[] message) {
    meter.answerPushed();
    return channel.push(address, message);
  }

  @Override
  public CompletionStage<Void> remove(String address) {
    return channel.remove(address);
  }
}
