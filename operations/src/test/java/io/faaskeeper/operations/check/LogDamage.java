package io.faaskeeper.operations.check;

import static io.faaskeeper.operations.check.Planted.findsIn;
import static io.faaskeeper.operations.check.Planted.join;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Log and watermark do not agree. */
interface LogDamage {
  /** What the damage is done to. */
  Planted planted();

  @Test
  default void aWatermarkBeyondTheLog() {
    findsIn(watermark(w -> new Watermark(w.record() + 1, w.zxid(), 0, true)), Kind.WATERMARK);
  }

  @Test
  default void aWatermarkWithAZxidOfAnotherRecord() {
    findsIn(watermark(w -> new Watermark(w.record(), w.zxid() + 1, 0, true)), Kind.WATERMARK);
  }

  private DeploymentStorage watermark(UnaryOperator<Watermark> change) {
    return Tampered.watermarks(
        planted().storage(),
        watermarks -> Tampered.port(Watermarks.class, watermarks, "read", "", change));
  }

  @Test
  default void aRecordThatIsMissing() {
    findsIn(record(3L, slot -> new Slot.Empty()), Kind.LOG);
  }

  @Test
  default void recordsThatDoNotFollowEachOther() {
    LogRecord later = ((Slot.Found) join(planted().storage().log().read(5))).record();
    findsIn(
        record(
            3L,
            slot -> {
              LogRecord record = ((Slot.Found) slot).record();
              return new Slot.Found(new LogRecord(3, record.attempt(), later.entries()));
            }),
        Kind.LOG);
  }

  private DeploymentStorage record(long number, UnaryOperator<Slot> change) {
    return Tampered.log(
        planted().storage(),
        log -> Tampered.port(TransactionLog.class, log, "read", number, change));
  }
}
