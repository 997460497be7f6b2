package io.faaskeeper.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of an item as DynamoDB documents it ("DynamoDB item sizes and formats"): names and
 * values of all attributes; a number takes a byte for two digits and one more.
 */
final class ItemSize {
  static final int WRITE_UNIT_BYTES = 1024;

  private static final int LIST_BYTES = 3;

  private ItemSize() {}

  static int bytes(Map<String, AttributeValue> item) {
    return item.entrySet().stream().mapToInt(e -> utf8(e.getKey()) + bytes(e.getValue())).sum();
  }

  /** What a write of an item of this size is billed, in write units. */
  static int writeUnits(Map<String, AttributeValue> item) {
    return Math.max(1, (bytes(item) + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
  }

  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToInt(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToInt(b -> b.asByteArrayUnsafe().length).sum();
      case BOOL, NUL -> 1;
      case L -> LIST_BYTES + value.l().stream().mapToInt(v -> 1 + bytes(v)).sum();
      case M -> LIST_BYTES + value.m().size() + bytes(value.m());
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("an unknown type: " + value);
    };
  }

  private static int number(String number) {
    long digits = number.chars().filter(Character::isDigit).count();
    return (int) (digits + 1) / 2 + (number.startsWith("-") ? 2 : 1);
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
