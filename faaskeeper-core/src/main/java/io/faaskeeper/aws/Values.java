package io.faaskeeper.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values from and to Java's. */
final class Values {
  private Values() {}

  static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue flag(boolean flag) {
    return AttributeValue.fromBool(flag);
  }

  static AttributeValue set(byte[] element) {
    return AttributeValue.fromBs(List.of(SdkBytes.fromByteArrayUnsafe(element)));
  }

  /** The bytes of an attribute; not to be modified. */
  static byte @Nullable [] bytes(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.b() == null ? null : value.b().asByteArrayUnsafe();
  }

  static byte[] needBytes(Map<String, AttributeValue> item, String name) {
    byte[] bytes = bytes(item, name);
    if (bytes == null) {
      throw new IllegalStateException("an item without bytes in " + name + ": " + item.keySet());
    }
    return bytes;
  }

  static long number(Map<String, AttributeValue> item, String name, long ifAbsent) {
    AttributeValue value = item.get(name);
    return value == null || value.n() == null ? ifAbsent : Long.parseLong(value.n());
  }

  static boolean flag(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  /** The elements of a set of bytes; empty if there is none. */
  static List<SdkBytes> set(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? List.of() : value.bs();
  }
}
