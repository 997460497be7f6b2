package io.faaskeeper.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogRecordTest {
  @Test
  void itsZxidsHaveNoGap() {
    LogRecord record = of(1, 7, 8, 9);

    assertEquals(7, record.firstZxid());
    assertEquals(9, record.lastZxid());
    assertThrows(IllegalArgumentException.class, () -> of(1, 7, 9));
    assertThrows(IllegalArgumentException.class, () -> of(1, 7, 7));
    assertThrows(IllegalArgumentException.class, () -> of(1, 8, 7));
  }

  @Test
  void itIsNumberedFromOneAndNeverEmpty() {
    assertThrows(IllegalArgumentException.class, () -> of(0, 7));
    assertThrows(IllegalArgumentException.class, () -> of(1));
    assertThrows(IllegalArgumentException.class, () -> of(1, 0));
  }

  private static LogRecord of(long number, long... zxids) {
    return new LogRecord(
        number,
        3,
        Arrays.stream(zxids)
            .mapToObj(z -> LogEntry.ofService(z, new Result.Deleted(), List.of()))
            .toList());
  }
}
