package io.faaskeeper.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote. Whatever the bytes, each method returns a value or throws
 * {@link MalformedDataException}, and allocates no more than a small multiple of the bytes' length.
 * Not thread-safe.
 */
public final class ByteReader {
  private final byte[] buffer;
  private int position;

  public ByteReader(byte[] buffer) {
    this.buffer = buffer;
  }

  /** One byte, 0 to 255. */
  public int u8() {
    if (position >= buffer.length) {
      throw new MalformedDataException("truncated after " + buffer.length + " bytes");
    }
    return buffer[position++] & 0xff;
  }

  public long number() {
    long z = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      z |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return (z >>> 1) ^ -(z & 1);
      }
    }
    throw new MalformedDataException("a number of more than ten bytes at " + position);
  }

  public int int32() {
    long v = number();
    if (v != (int) v) {
      throw new MalformedDataException("no 32-bit number: " + v);
    }
    return (int) v;
  }

  public long fixed() {
    long v = 0;
    for (int i = 0; i < 8; i++) {
      v = v << 8 | u8();
    }
    return v;
  }

  public byte[] bytes() {
    int length = length();
    position += length;
    return Arrays.copyOfRange(buffer, position - length, position);
  }

  public String text() {
    int length = length();
    position += length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(buffer, position - length, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedDataException("no UTF-8 text before byte " + position, e);
    }
  }

  public boolean flag() {
    int b = u8();
    if (b > 1) {
      throw new MalformedDataException("no flag: " + b);
    }
    return b == 1;
  }

  public <T> List<T> list(Function<ByteReader, T> each) {
    int count = length();
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(each.apply(this));
    }
    return items;
  }

  public <T> @Nullable T optional(Function<ByteReader, T> read) {
    return flag() ? read.apply(this) : null;
  }

  /** The member of an enumeration that its place names. */
  public <E extends Enum<E>> E member(E[] members) {
    int place = u8();
    if (place >= members.length) {
      throw new MalformedDataException(
          "no member " + place + " of " + members[0].getDeclaringClass().getSimpleName());
    }
    return members[place];
  }

  /** Checks that everything was read. */
  public void end() {
    if (position != buffer.length) {
      throw new MalformedDataException((buffer.length - position) + " bytes too many");
    }
  }

  /** A length or a count; every element takes at least a byte, so it is bounded by what is left. */
  private int length() {
    long length = number();
    if (length < 0 || length > buffer.length - position) {
      throw new MalformedDataException(
          "length " + length + " with " + (buffer.length - position) + " bytes left");
    }
    return (int) length;
  }
}
