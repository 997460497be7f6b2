package io.faaskeeper.functions;

import java.util.function.Function;

/**
 * A sandbox, and the stage of it that takes the events.
 *
 * @param <S> the stage
 */
record Ready<S>(Sandbox sandbox, S stage) implements AutoCloseable {
  /**
   * Prepares a sandbox for the events of a function.
   *
   * @param rehearsal does with the stage what an event with nothing in it would
   */
  static <S> Prepared<Ready<S>> of(
      String function, Function<Sandbox, S> stage, Prepared.Rehearsal<S> rehearsal) {
    return Prepared.of(
        () -> {
          Sandbox sandbox = Sandbox.of(function);
          return new Ready<>(sandbox, stage.apply(sandbox));
        },
        ready -> rehearsal.run(ready.stage()));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
