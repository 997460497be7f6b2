package io.faaskeeper.aws;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keys of items: short, since they are billed with every item, and never above the store's limits.
 */
public final class Keys {
  private static final int HASH_BYTES = 16;

  /** A sort key may have 1,024 bytes. */
  private static final int PREFIX_BYTES = 1000;

  private Keys() {}

  /**
   * The key of a path: its UTF-8, or 16 bytes of the SHA-256 of that if it is not shorter than they
   * are. Those of two paths differ, for no path's own bytes are as many as a hash's.
   */
  public static byte[] path(String path) {
    byte[] bytes = utf8(path);
    return bytes.length < HASH_BYTES ? bytes : hash(bytes);
  }

  /**
   * A key in the order of the text's UTF-8 bytes: these, or if they are more than 1,000 the first
   * 1,000 and a hash of all. So texts that are alike in their first 1,000 bytes have an order of
   * their own.
   */
  static byte[] ordered(String text) {
    byte[] bytes = utf8(text);
    if (isWhole(bytes)) {
      return bytes;
    }
    byte[] key = Arrays.copyOf(bytes, PREFIX_BYTES + HASH_BYTES);
    System.arraycopy(hash(bytes), 0, key, PREFIX_BYTES, HASH_BYTES);
    return key;
  }

  /** Whether an {@link #ordered} key holds the whole text. */
  static boolean isWhole(byte[] ordered) {
    return ordered.length <= PREFIX_BYTES;
  }

  /** 16 bytes of the SHA-256. */
  static byte[] hash(byte[] bytes) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Eight bytes, in the order of the numbers if none is negative. */
  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
