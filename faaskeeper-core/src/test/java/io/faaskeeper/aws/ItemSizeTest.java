package io.faaskeeper.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemSizeTest {
  @Test
  void namesAndValuesCount() {
    assertEquals(0, ItemSize.bytes(Map.of()));
    assertEquals(1 + 10, ItemSize.bytes(Map.of("a", Values.bytes(new byte[10]))));
    assertEquals(2 + 4, ItemSize.bytes(Map.of("ab", Values.text("x\u00e4y"))));
    assertEquals(1 + 1, ItemSize.bytes(Map.of("a", Values.flag(false))));
    assertEquals(1 + 7, ItemSize.bytes(Map.of("a", Values.set(new byte[7]))));
  }

  @Test
  void aNumberTakesAByteForTwoDigits() {
    assertEquals(1 + 2, ItemSize.bytes(Map.of("a", Values.number(0))));
    assertEquals(1 + 2, ItemSize.bytes(Map.of("a", Values.number(12))));
    assertEquals(1 + 3, ItemSize.bytes(Map.of("a", Values.number(123))));
    assertEquals(1 + 4, ItemSize.bytes(Map.of("a", Values.number(-123))));
  }

  @Test
  void unitsAreRoundedUpAndAtLeastOne() {
    assertEquals(1, ItemSize.writeUnits(Map.of()));
    assertEquals(1, ItemSize.writeUnits(Map.of("a", Values.bytes(new byte[1023]))));
    assertEquals(2, ItemSize.writeUnits(Map.of("a", Values.bytes(new byte[1024]))));
    assertEquals(
        2, ItemSize.writeUnits(Map.<String, AttributeValue>of("a", Values.bytes(new byte[2047]))));
  }
}
