package io.faaskeeper.parity;

import io.faaskeeper.parity.RandomCalls.Chosen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.ClientCnxn;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.GetSASLRequest;
import org.apache.zookeeper.txn.CreateSessionTxn;

/**
 * What a few clients do, at random. One after the other has its turn: it syncs, so that it hears of
 * what the others did, and then asks several things at once.
 */
final class Story {
  private static final int CLIENTS = 4;
  private static final int BURST_MAX = 25;

  private enum State {
    NEW,
    CONNECTED,
    DROPPED,
    OVER
  }

  /** Steps that are under way together, all of one client, and what the requests are about. */
  record Turn(List<Step> steps, List<List<String>> paths) {}

  private final Random random;
  private final KnownNodes nodes;
  private final RandomCalls calls;
  private final State[] states = new State[CLIENTS];

  Story(Random random) {
    this.random = random;
    this.nodes = new KnownNodes(random);
    this.calls = new RandomCalls(random, nodes);
    java.util.Arrays.fill(states, State.NEW);
  }

  /**
   * What comes next.
   *
   * @param writes how many writes were answered so far
   */
  Turn next(int writes) {
    int client = random.nextInt(CLIENTS);
    return switch (states[client]) {
      case NEW -> one(new Step.Open(client, timeout()));
      case OVER ->
          one(random.nextInt(4) == 0 ? attach(client, false) : new Step.Open(client, timeout()));
      case DROPPED -> dropped(client);
      case CONNECTED -> connected(client, writes);
    };
  }

  private int timeout() {
    return random.nextInt(5) == 0 ? Integer.MAX_VALUE : 20_000 + random.nextInt(30_000);
  }

  private Turn dropped(int client) {
    if (random.nextInt(6) == 0 && isOnlyOneDropped(client)) {
      return one(new Step.Expire(client));
    }
    return one(attach(client, false));
  }

  private boolean isOnlyOneDropped(int client) {
    for (int i = 0; i < CLIENTS; i++) {
      if (i != client && states[i] == State.DROPPED) {
        return false;
      }
    }
    return true;
  }

  private Step attach(int client, boolean overlapping) {
    int kind = overlapping ? 9 : random.nextInt(12);
    return new Step.Attach(client, timeout(), kind != 0, kind == 1, overlapping);
  }

  private Turn connected(int client, int writes) {
    List<Chosen> chosen = new ArrayList<>(List.of(RandomCalls.sync()));
    int kind = random.nextInt(40);
    if (kind == 0) {
      return one(new Step.Drop(client));
    }
    if (kind == 1) {
      // What others did reaches the old connection or nobody, unless it is synced.
      return turn(client, chosen, attach(client, true));
    }
    if (kind < 10) {
      chosen.add(alone());
      return turn(client, chosen, null);
    }
    for (int i = random.nextInt(BURST_MAX); i > 0; i--) {
      Chosen next = calls.next(writes);
      chosen.add(next);
      if (next.call().alone()) {
        break;
      }
    }
    return turn(client, chosen, null);
  }

  private static Turn one(Step step) {
    return new Turn(List.of(step), List.of(List.of()));
  }

  private static Turn turn(
      int client, List<Chosen> chosen, @org.jspecify.annotations.Nullable Step last) {
    List<Step> steps = new ArrayList<>();
    List<List<String>> paths = new ArrayList<>();
    for (Chosen each : chosen) {
      steps.add(new Step.Ask(client, each.call()));
      paths.add(each.paths());
    }
    if (last != null) {
      steps.add(last);
      paths.add(List.of());
    }
    return new Turn(steps, paths);
  }

  /** Requests that are answered out of their turn, or that end something. */
  private Chosen alone() {
    return switch (random.nextInt(40)) {
      case 0, 1, 2 -> simple("closeSession", OpCode.closeSession);
      case 3, 4 -> ask("createSession", OpCode.createSession, new CreateSessionTxn(timeout()));
      case 5 -> simple("unknown", List.of(-77, 0, -1, 10, 23, 99, 108).get(random.nextInt(7)));
      case 6 -> ask("check", OpCode.check, new CheckVersionRequest(nodes.path(), -1));
      case 7, 8 -> ask("sasl", OpCode.sasl, new GetSASLRequest(new byte[random.nextInt(3)]));
      case 9, 10, 11, 12 -> simple("ping", OpCode.ping);
      case 13 -> auth("nonsense", "x");
      case 14 -> auth("sasl", "x");
      case 15, 16 -> auth("ip", "10.1.2.3");
      case 17, 18 -> auth("digest", "super:admin");
      case 19 -> auth("digest", "noname");
      case 20 -> auth("digest", "other:word");
      default -> auth("digest", "ann:secret");
    };
  }

  private static Chosen simple(String name, int type) {
    int xid = type == OpCode.ping ? ClientCnxn.PING_XID : 0;
    return new Chosen(new Call(name + " " + type, type, xid, k -> new byte[0], true), List.of());
  }

  private static Chosen ask(String name, int type, Record body) {
    return new Chosen(
        new Call(
            name + " " + RandomCalls.text(type, body), type, 0, k -> Dialogue.bytes(body), true),
        List.of());
  }

  private static Chosen auth(String scheme, String text) {
    AuthPacket packet = new AuthPacket(0, scheme, text.getBytes(StandardCharsets.UTF_8));
    return new Chosen(
        new Call(
            "auth " + scheme + " " + text,
            OpCode.auth,
            ClientCnxn.AUTHPACKET_XID,
            k -> Dialogue.bytes(packet),
            true),
        List.of());
  }

  /** What came of a step, which all servers agree on. */
  void learn(Step step, List<String> paths, List<Heard> heard) {
    if (step instanceof Step.Drop) {
      states[step.client()] = State.DROPPED;
    } else if (step instanceof Step.Expire) {
      states[step.client()] = State.OVER;
    } else if (step instanceof Step.Ask ask) {
      learn(ask, paths, heard);
    } else {
      boolean connected = heard.get(0).text().startsWith("session ");
      if (connected) {
        states[step.client()] = State.CONNECTED;
      }
    }
  }

  private void learn(Step.Ask ask, List<String> paths, List<Heard> heard) {
    for (Heard each : heard) {
      nodes.learn(paths, each);
      if (each.equals(Heard.END)) {
        boolean closed = ask.call().type() == OpCode.closeSession;
        states[ask.client()] = closed ? State.OVER : State.DROPPED;
      }
    }
    Heard answer = heard.get(heard.size() - 1);
    boolean deleted = ask.call().type() == OpCode.delete && answer.text().startsWith("err 0 ");
    if (deleted) {
      nodes.deleted(paths.get(0));
    }
  }
}
