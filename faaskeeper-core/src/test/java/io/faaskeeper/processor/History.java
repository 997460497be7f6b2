package io.faaskeeper.processor;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens when a few sessions do random things, step by step. */
final class History {
  private static final int STEPS = 100;

  private History() {}

  /**
   * One decided operation.
   *
   * @param before the tree that it met
   * @param after the tree that it left
   */
  record Step(
      ModelTree before,
      Operation operation,
      WriteContext ctx,
      Verdict.Decided decided,
      ModelTree after) {
    @Override
    public String toString() {
      return ctx.zxid() + ": " + operation + " -> " + decided;
    }
  }

  static List<Step> of(long seed, WriteProcessor processor) {
    Random random = new Random(seed);
    RandomOperations operations = new RandomOperations(random);
    ModelTree tree = new ModelTree();
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= STEPS; i++) {
      Operation operation = operations.next(tree);
      long session = random.nextInt(4);
      WriteContext ctx = new WriteContext(i, 1_000L * i, session, credentials(session));
      Verdict.Decided decided = decide(processor, tree, operation, ctx);
      ModelTree after = new ModelTree(tree);
      after.apply(decided.changes());
      steps.add(new Step(tree, operation, ctx, decided, after));
      tree = after;
    }
    return steps;
  }

  private static List<Credential> credentials(long session) {
    Credential address = new Credential("ip", "127.0.0.1".getBytes(StandardCharsets.UTF_8));
    return session == 1 ? List.of(address, RandomOperations.FRIEND) : List.of(address);
  }

  static Verdict.Decided decide(
      WriteProcessor processor, TreeView view, Operation operation, WriteContext ctx) {
    if (processor.process(view, operation, ctx) instanceof Verdict.Decided decided) {
      return decided;
    }
    throw new AssertionError("undecided: " + operation);
  }
}
