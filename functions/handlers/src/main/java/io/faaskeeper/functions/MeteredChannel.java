package io.faaskeeper.functions;

import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.ClientChannel;
import java.util.concurrent.CompletionStage;

/** Tells the meter when the first push of a batch goes out. */
record MeteredChannel(ClientChannel channel, CallMeter meter) implements ClientChannel {
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
