package io.faaskeeper.operations.check;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;

/** The end of the log, beyond the watermark. */
final class LogTail {
  private final Stored stored;

  LogTail(Stored stored) {
    this.stored = stored;
  }

  /** The last zxid of the last record. */
  long lastZxid() {
    Watermark watermark = stored.watermark();
    long last = watermark.zxid();
    for (long n = watermark.record() + 1;
        stored.record(n) instanceof TransactionLog.Slot.Found found;
        n++) {
      LogRecord record = found.record();
      last = record.lastZxid();
    }
    return last;
  }
}
