package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import java.util.function.Consumer;

/**
 * One connection of a simulated client, as its program sees it. When it is over nothing more comes
 * of what was asked or put off; the program is told, and of the next connection.
 */
interface Line {
  long sessionId();

  /** Asks; {@code then} gets the answer, unless the connection ends before. */
  void ask(ClientRequest request, Consumer<Reply> then);

  /** Does something later, unless the connection ends before. */
  void later(int millis, Runnable task);

  /** The program has nothing more to ask. */
  void finish();
}
