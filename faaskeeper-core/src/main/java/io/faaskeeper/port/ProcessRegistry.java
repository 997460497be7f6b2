package io.faaskeeper.port;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The client processes. Each operation on one row is linearizable. */
public interface ProcessRegistry {
  /** Stores the secret that only functions can read, and a row with counter 0. */
  CompletionStage<Void> register(
      String name, byte[] channelSecret, int timeoutMillis, String address);

  /**
   * Moves the counter, unless the process is fenced.
   *
   * @return the new counter, or empty if the process is fenced or gone
   */
  CompletionStage<OptionalLong> renew(String name, int timeoutMillis);

  /** The row, strongly consistent. */
  CompletionStage<Optional<ProcessRow>> read(String name);

  /** The channel secret, for the service alone. */
  CompletionStage<Optional<byte[]>> channelSecret(String name);

  /**
   * Fences the process if its counter is still {@code counter}.
   *
   * @return the row after the call, fenced or not; empty if there is none
   */
  CompletionStage<Optional<ProcessRow>> fence(String name, long counter, Deadline deadline);

  /** Removes row and secret of a fenced process. */
  CompletionStage<Void> remove(String name, Deadline deadline);

  /**
   * At most {@code limit} rows with names after {@code after} (empty: from the first), in the order
   * of their names, each as of some moment of the call: whoever registered before it is there.
   */
  CompletionStage<List<ProcessRow>> list(String after, int limit);
}
