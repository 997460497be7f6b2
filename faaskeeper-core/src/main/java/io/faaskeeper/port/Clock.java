package io.faaskeeper.port;

/** The clocks of this machine. Those of two machines are never compared. */
public interface Clock {
  /** A monotonic clock, as {@link System#nanoTime}. */
  long nanoTime();

  /** The wall clock, milliseconds since the epoch: for ctime, mtime and the age of TTL nodes. */
  long currentTimeMillis();

  /** The machine's own. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public long currentTimeMillis() {
          return System.currentTimeMillis();
        }
      };
}
