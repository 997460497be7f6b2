package io.faaskeeper.functions;

import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.ClientChannel;

/** Tells the meter when the first push of a batch goes out. */
record MeteredChannel(ClientChannel channel, CallMeter meter) implements ClientChannel {
  @Override
  public void push(String address, byte[] message) {
    meter.answerPushed();
    channel.push(address, message);
  }
}
