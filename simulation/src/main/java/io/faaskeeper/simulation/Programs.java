package io.faaskeeper.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What the clients of a history do: some ask at random, and one group runs a program. */
final class Programs {
  /** A program and its client's name. */
  record Named(String name, Program program) {}

  private enum Kind {
    LOCK,
    LEADER,
    COUNTER,
    BARRIER,
    QUEUE,
    MEMBER,
    CACHE
  }

  /** Of so many requests one is a program's round, roughly: each round takes several. */
  private static final int REQUESTS_PER_ROUND = 60;

  private final Random random;
  private final int operations;

  /**
   * @param operations requests of all clients together, roughly
   */
  Programs(Random random, int operations) {
    this.random = random;
    this.operations = operations;
  }

  /** The clients of one history. */
  List<Named> choose(Consumer<Object> tell) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    tell.accept(kind);
    List<Named> all = new ArrayList<>();
    int count = 2 + random.nextInt(2);
    int left = operations * 3 / 4;
    // An ACL changes without an event, so that no cache can follow what may not be read.
    Requests requests = new Requests(random, kind == Kind.CACHE);
    for (int i = 0; i < count; i++) {
      all.add(new Named("client " + i, new RandomProgram(requests, random, left / count)));
    }
    all.addAll(group(kind, 2 + random.nextInt(2)));
    return all;
  }

  private List<Named> group(Kind kind, int size) {
    int rounds = Math.max(2, operations / REQUESTS_PER_ROUND);
    LockProgram.Holders holders = new LockProgram.Holders();
    LeaderProgram.Epochs epochs = new LeaderProgram.Epochs();
    BarrierProgram.Gates gates = new BarrierProgram.Gates(size);
    QueueProgram.Account account = new QueueProgram.Account();
    List<Named> group = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String name = kind.name().charAt(0) + "" + i;
      group.add(
          new Named(
              name,
              switch (kind) {
                case LOCK -> new LockProgram(name, holders, random, rounds / 2);
                case LEADER -> new LeaderProgram(name, epochs, random, rounds / 2);
                case COUNTER -> new CounterProgram(name, rounds);
                case BARRIER -> new BarrierProgram(name, gates, rounds / 2);
                case QUEUE -> new QueueProgram(name, account, random, 2 * rounds);
                case MEMBER -> new MemberProgram(name, random, 4 * rounds);
                case CACHE -> new CacheProgram(name, i % 2 == 0);
              }));
    }
    return group;
  }
}
