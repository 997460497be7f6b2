package io.faaskeeper.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A growing byte array: integers as zigzag varints, everything else behind its length. Not
 * thread-safe.
 */
public final class ByteWriter {
  private byte[] buffer = new byte[256];
  private int size;

  /** One byte, the low eight bits of {@code b}. */
  public ByteWriter u8(int b) {
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * size);
    }
    buffer[size++] = (byte) b;
    return this;
  }

  /** A number; the nearer to 0, the fewer bytes (1 to 10). */
  public ByteWriter number(long v) {
    long z = (v << 1) ^ (v >> 63);
    while ((z & ~0x7fL) != 0) {
      u8((int) (z & 0x7f) | 0x80);
      z >>>= 7;
    }
    return u8((int) z);
  }

  /** Eight bytes, for numbers that are evenly spread. */
  public ByteWriter fixed(long v) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      u8((int) (v >>> shift));
    }
    return this;
  }

  public ByteWriter bytes(byte[] b) {
    number(b.length);
    if (buffer.length - size < b.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * size, size + b.length));
    }
    System.arraycopy(b, 0, buffer, size, b.length);
    size += b.length;
    return this;
  }

  public ByteWriter text(String s) {
    return bytes(s.getBytes(StandardCharsets.UTF_8));
  }

  public ByteWriter flag(boolean b) {
    return u8(b ? 1 : 0);
  }

  /** A member of an enumeration by its place: to reorder its members changes the form. */
  @SuppressWarnings("EnumOrdinal")
  public ByteWriter member(Enum<?> member) {
    return u8(member.ordinal());
  }

  public <T> ByteWriter list(Collection<T> items, BiConsumer<ByteWriter, T> each) {
    number(items.size());
    for (T item : items) {
      each.accept(this, item);
    }
    return this;
  }

  public <T> ByteWriter optional(@Nullable T item, BiConsumer<ByteWriter, T> write) {
    flag(item != null);
    if (item != null) {
      write.accept(this, item);
    }
    return this;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }
}
