package io.faaskeeper.simulation;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that no session ends too early, and with it its ephemerals: from the last renewal of its
 * process's lease while its client was connected there, its timeout has to pass, unless the client
 * asks for the end. Not thread-safe.
 */
final class SessionLives {
  /** What clocks may be wrong by, of the timeout. */
  private static final double RATE = 0.92;

  /** A client is heard from so often. */
  private static final long PING_MILLIS = 1_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final Clock clock;
  private final Map<Long, Life> lives = new HashMap<>();

  /** Session to the process that the log says holds it. */
  private final Map<Long, String> holders = new HashMap<>();

  private long lastRecord;
  private @Nullable String violation;

  private static final class Life {
    int timeoutMillis;
    boolean connected;
    boolean closing;
    long provedMillis = NEVER;

    Life(int timeoutMillis, boolean closing) {
      this.timeoutMillis = timeoutMillis;
      this.closing = closing;
      this.connected = true;
    }
  }

  SessionLives(Clock clock) {
    this.clock = clock;
  }

  void connected(long id, int timeoutMillis) {
    Life before = lives.get(id);
    lives.put(id, new Life(timeoutMillis, before != null && before.closing));
  }

  void disconnected(long id) {
    Life life = lives.get(id);
    if (life != null) {
      life.connected = false;
    }
  }

  /** Its client asks for a timeout, and may get it without a word that says so. */
  void attaching(long id, int timeoutMillis) {
    Life life = lives.get(id);
    if (life != null) {
      life.timeoutMillis = Math.min(life.timeoutMillis, timeoutMillis);
    }
  }

  /** Its client asks for its end. */
  void closing(long id) {
    Life life = lives.get(id);
    if (life != null) {
      life.closing = true;
    }
  }

  /** A process renewed its lease. */
  void renewed(String process) {
    lives.forEach(
        (id, life) -> {
          if (life.connected && process.equals(holders.get(id))) {
            life.provedMillis = millis();
          }
        });
  }

  /** A record is in the log; each counts once. */
  void appended(LogRecord record) {
    if (record.number() <= lastRecord) {
      return;
    }
    lastRecord = record.number();
    for (LogEntry entry : record.entries()) {
      if (entry.session() != null) {
        take(entry, entry.session());
      }
    }
  }

  private void take(LogEntry entry, SessionState session) {
    boolean moved = !session.process().equals(holders.put(session.id(), session.process()));
    Life life = lives.get(session.id());
    if (life == null) {
      return;
    }
    if (moved) {
      life.provedMillis = NEVER;
    }
    if (session.status() != SessionState.Status.OPEN && !life.closing) {
      ended(life, entry);
    }
  }

  private void ended(Life life, LogEntry entry) {
    long least = (long) (RATE * life.timeoutMillis) - PING_MILLIS;
    if (life.provedMillis != NEVER && millis() - life.provedMillis < least) {
      violation =
          "a session ends "
              + (millis() - life.provedMillis)
              + " ms after a sign of life, with a timeout of "
              + life.timeoutMillis
              + ": "
              + entry;
    }
  }

  /** A violation is an AssertionError. */
  void check() {
    if (violation != null) {
      throw new AssertionError(violation);
    }
  }

  private long millis() {
    return clock.nanoTime() / 1_000_000;
  }
}
