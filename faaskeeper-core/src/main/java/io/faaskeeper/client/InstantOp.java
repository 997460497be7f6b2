package io.faaskeeper.client;

import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException.Code;

/** A request that is answered by itself when its turn comes. */
final class InstantOp extends ReadOp {
  private final Supplier<CombinedRead.Part> answer;

  InstantOp(RunQueue queue, Supplier<CombinedRead.Part> answer) {
    super(queue);
    this.answer = answer;
  }

  /** An answer without a body. */
  static InstantOp of(RunQueue queue, Supplier<Code> code) {
    return new InstantOp(queue, () -> new CombinedRead.Part(code.get(), new Reply.None()));
  }

  @Override
  void run(long view) {
    CombinedRead.Part made = answer.get();
    answer(made.code(), made.body());
  }
}
