package io.faaskeeper.simulation;

import java.util.Random;

/** Asks at random, several requests at a time. */
final class RandomProgram implements Program {
  private static final int MAX_OPEN = 6;

  private final Requests requests;
  private final Random random;
  private int left;

  RandomProgram(Requests requests, Random random, int left) {
    this.requests = requests;
    this.random = random;
    this.left = left;
  }

  @Override
  public void connected(Line line, boolean newSession) {
    new Run(line).next();
  }

  private final class Run {
    private final Line line;
    private int open;

    Run(Line line) {
      this.line = line;
    }

    void next() {
      int burst = 1 + random.nextInt(3);
      for (int i = 0; i < burst && left > 0 && open < MAX_OPEN; i++) {
        left--;
        open++;
        line.ask(requests.next(), reply -> open--);
      }
      if (left == 0) {
        line.finish();
        return;
      }
      int pause = random.nextInt(100) == 0 ? 2_000 : 12;
      line.later(random.nextInt(pause), this::next);
    }
  }
}
