package io.faaskeeper.parity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.proto.ConnectRequest;
import org.apache.zookeeper.proto.ConnectResponse;

/** One of the servers that are compared, with all of its clients. */
final class Side implements AutoCloseable {
  /** What is behind it. */
  interface Server extends AutoCloseable {
    Line open() throws IOException;

    /**
     * Lets a session time out that nobody is connected to.
     *
     * @param others those that are connected
     */
    void expire(long sessionId, List<Peer> others) throws IOException;

    @Override
    void close() throws IOException;
  }

  private final Server server;
  private final Zxids zxids = new Zxids();
  private final Map<Long, Long> sessions = new HashMap<>();
  private final Map<Integer, Peer> peers = new HashMap<>();

  Side(Server server) {
    this.server = server;
  }

  /** How many writes it answered. */
  int writes() {
    return zxids.writes();
  }

  /** Begins a step: what it sends is on its way when this returns. */
  void begin(Step step) throws IOException {
    if (step instanceof Step.Ask ask) {
      peer(ask.client()).send(ask.call());
    }
  }

  /** Ends the steps that were begun, in their order; what came back of this one. */
  List<Heard> end(Step step) throws IOException, InterruptedException {
    if (step instanceof Step.Ask ask) {
      return peer(ask.client()).hear(ask.call());
    }
    if (step instanceof Step.Open open) {
      Peer before = peers.put(open.client(), new Peer(zxids, this::number));
      if (before != null) {
        before.drop();
      }
      return connect(peer(open.client()), open.timeoutMillis(), 0, new byte[16], 0);
    }
    if (step instanceof Step.Attach attach) {
      return attach(attach);
    }
    Peer peer = peer(step.client());
    peer.drop();
    if (step instanceof Step.Expire) {
      server.expire(peer.sessionId(), peers.values().stream().filter(Peer::isConnected).toList());
    }
    return List.of();
  }

  private List<Heard> attach(Step.Attach step) throws IOException, InterruptedException {
    Peer peer = peer(step.client());
    Line before = step.overlapping() ? peer.release() : null;
    peer.drop();
    List<Heard> heard =
        new ArrayList<>(
            connect(
                peer,
                step.timeoutMillis(),
                peer.sessionId(),
                step.password() ? peer.password() : new byte[16],
                step.future() ? Long.MAX_VALUE : peer.lastZxid()));
    if (before != null) {
      byte[] frame = before.receive();
      heard.add(Heard.text("before: " + (frame == null ? "end" : frame.length + " bytes")));
      before.close();
    }
    return heard;
  }

  private List<Heard> connect(
      Peer peer, int timeoutMillis, long sessionId, byte[] password, long lastZxid)
      throws IOException, InterruptedException {
    Line line = server.open();
    line.send(
        Dialogue.bytes(new ConnectRequest(0, lastZxid, timeoutMillis, sessionId, password, false)));
    byte[] frame = line.receive();
    if (frame == null) {
      line.close();
      return List.of(Heard.text("end"));
    }
    ConnectResponse response = new ConnectResponse();
    Dialogue.exactly(frame, response);
    if (response.getSessionId() == 0) {
      byte[] more = line.receive();
      line.close();
      return List.of(Heard.text("expired, then " + (more == null ? "end" : "more")));
    }
    peer.connected(line, response);
    return List.of(Heard.text(peer.text(response)));
  }

  private long number(long sessionId) {
    return sessions.computeIfAbsent(sessionId, id -> sessions.size() + 1L);
  }

  private Peer peer(int client) {
    Peer peer = peers.get(client);
    if (peer == null) {
      throw new IllegalStateException("no client " + client);
    }
    return peer;
  }

  @Override
  public void close() throws IOException {
    for (Peer peer : peers.values()) {
      peer.drop();
    }
    server.close();
  }
}
