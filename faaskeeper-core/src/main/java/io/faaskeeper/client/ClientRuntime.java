package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A client process: one per deployment in a JVM, however many sessions it opens. It holds one lease
 * and one channel for all of them, takes a new name if it was fenced, and closes sessions that fall
 * silent. Thread-safe; never blocks but in {@link #close}.
 */
public interface ClientRuntime extends AutoCloseable {
  /**
   * Opens a new session.
   *
   * @param timeoutMillis what the client asks for; negotiated to 2 to 20 ticks
   * @param identity what is known of the connection from the start: {@code ip} and its address
   */
  CompletionStage<ConnectResult> open(int timeoutMillis, List<Credential> identity);

  /**
   * Attaches a session, whichever process held it.
   *
   * @param lastZxidSeen the client's last zxid: it will see nothing older
   */
  CompletionStage<ConnectResult> attach(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity);

  /** What this process tells of itself. */
  ProcessMonitor monitor();

  /**
   * Stops at once, as if the JVM had been killed: nobody is told, and the lease runs out. Sessions
   * may be attached elsewhere; those that are not expire when others find that this process stands
   * still. Nothing may be asked of the runtime afterwards, but to be closed.
   */
  void halt();

  /**
   * Ends every connection, gives the lease up and frees the channel. Sessions that were not closed
   * expire at their timeouts.
   */
  @Override
  void close();
}
