package io.faaskeeper.service;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ChannelEndpoint;
import java.util.ArrayList;
import java.util.List;

/** A client process as the service sees it: what it sends, and what is pushed to it. */
final class ScriptedProcess {
  private final byte[] secret;
  private final String name;
  private final String address;
  private final List<Push> pushes = new ArrayList<>();

  ScriptedProcess(int seed, ChannelEndpoint endpoint) {
    secret = new byte[Seal.SECRET_BYTES];
    secret[0] = (byte) seed;
    name = Seal.processName(secret);
    address = endpoint.address(name);
    endpoint.receive(
        bytes -> pushes.add(Codec.decodePush(Seal.open(secret, Seal.Direction.TO_CLIENT, bytes))));
  }

  String name() {
    return name;
  }

  byte[] secret() {
    return secret.clone();
  }

  String address() {
    return address;
  }

  List<Push> pushes() {
    return pushes;
  }

  byte[] message(Request... requests) {
    byte[] message = Codec.encode(new RequestMessage(name, address, List.of(requests)));
    return Seal.seal(secret, Seal.Direction.TO_WRITER, message);
  }

  static Request request(long session, int epoch, long seq, Operation operation) {
    return new Request.OfSession(session, epoch, seq, List.of(), operation);
  }

  /** All answers to a request, in the order of their arrival. */
  List<Result> answers(long session, int epoch, long seq) {
    return pushes.stream()
        .flatMap(push -> push.answers().stream())
        .filter(a -> a.sessionId() == session && a.epoch() == epoch && a.seq() == seq)
        .map(Push.Answer::result)
        .toList();
  }

  /** The one answer to a request. */
  Result answer(long session, int epoch, long seq) {
    List<Result> answers = answers(session, epoch, seq);
    if (answers.size() != 1) {
      throw new AssertionError("answers to " + session + "/" + epoch + "/" + seq + ": " + answers);
    }
    return answers.get(0);
  }
}
