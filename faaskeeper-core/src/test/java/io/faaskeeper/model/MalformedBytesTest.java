package io.faaskeeper.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, decoding them gives a value or a {@link MalformedDataException}, and takes no
 * more memory than a small multiple of their length.
 */
class MalformedBytesTest {
  /** One byte can stand for an object. */
  private static final int BYTES_PER_BYTE = 100;

  /** An exception with its stack trace, for instance. */
  private static final int BYTES_IN_ALL = 50_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<Consumer<byte[]>> DECODERS =
      List.of(
          Codec::decodeMessage,
          Codec::senderOf,
          Codec::decodeRecord,
          Codec::decodePush,
          Codec::decodeSession,
          Codec::decodeEvent,
          Codec::decodeAcl,
          bytes -> Codec.decodeMeta(bytes, List.of()));

  @Property(tries = 100)
  void everyTruncationIsNoticed(@ForAll("valid") Encoded encoded) {
    for (int length = 0; length < encoded.bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(encoded.bytes, length);
      assertThrows(MalformedDataException.class, () -> encoded.decoder.accept(truncated));
    }
  }

  @Property(tries = 300)
  void whatFollowsIsNoticed(@ForAll("valid") Encoded encoded, @ForAll byte more) {
    byte[] longer = Arrays.copyOf(encoded.bytes, encoded.bytes.length + 1);
    longer[encoded.bytes.length] = more;

    assertThrows(MalformedDataException.class, () -> encoded.decoder.accept(longer));
  }

  @Property(tries = 300)
  void mutationsAreHarmless(@ForAll("valid") Encoded encoded, @ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      byte[] mutated = encoded.bytes.clone();
      for (int k = random.nextInt(4); k >= 0 && mutated.length > 0; k--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      DECODERS.forEach(decoder -> isHarmless(decoder, mutated));
    }
  }

  @Property(tries = 1000)
  void anyBytesAreHarmless(@ForAll byte[] bytes) {
    byte[] versioned = bytes.clone();
    if (versioned.length > 0) {
      versioned[0] = 1;
    }
    for (Consumer<byte[]> decoder : DECODERS) {
      isHarmless(decoder, bytes);
      isHarmless(decoder, versioned);
    }
  }

  @Test
  void lengthsThatPromiseTooMuchAreHarmless() {
    for (long length :
        new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1, 1 << 20}) {
      for (int before = 0; before < 12; before++) {
        ByteWriter w = new ByteWriter().u8(1);
        for (int i = 0; i < before; i++) {
          w.u8(0);
        }
        byte[] bytes = w.number(length).u8(0).u8(0).toByteArray();
        DECODERS.forEach(decoder -> isHarmless(decoder, bytes));
      }
    }
  }

  @Test
  void multisThatNestAreHarmless() {
    byte[] nested = new byte[1 << 20];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 7;
      nested[i + 1] = 2;
    }
    byte[] ofSession =
        new ByteWriter()
            .u8(1)
            .text("p")
            .text("a")
            .number(1)
            .u8(1)
            .fixed(1)
            .number(1)
            .number(1)
            .number(0)
            .toByteArray();

    isHarmless(Codec::decodeMessage, concat(ofSession, nested));
  }

  @Test
  void resultsThatNestAreHarmless() {
    byte[] nested = new byte[3 << 18];
    for (int i = 0; i + 2 < nested.length; i += 3) {
      nested[i] = 7;
      nested[i + 2] = 2;
    }
    byte[] answer =
        new ByteWriter()
            .u8(1)
            .text("p")
            .number(0)
            .number(0)
            .number(0)
            .number(0)
            .number(1)
            .number(1)
            .fixed(1)
            .number(1)
            .number(1)
            .fixed(1)
            .toByteArray();

    isHarmless(Codec::decodePush, concat(answer, nested));
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static void isHarmless(Consumer<byte[]> decoder, byte[] bytes) {
    long bound = BYTES_IN_ALL + (long) BYTES_PER_BYTE * bytes.length;
    if (allocated(decoder, bytes) > bound) {
      // The first time, classes may have been loaded.
      long again = allocated(decoder, bytes);
      assertTrue(again <= bound, () -> again + " bytes for " + bytes.length);
    }
  }

  private static long allocated(Consumer<byte[]> decoder, byte[] bytes) {
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    try {
      decoder.accept(bytes);
    } catch (MalformedDataException e) {
      // One of the two permitted outcomes.
    }
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  @Provide
  Arbitrary<Encoded> valid() {
    Stream<Arbitrary<Encoded>> all =
        Stream.of(
            Values.messages().map(x -> new Encoded(Codec.encode(x), Codec::decodeMessage)),
            Values.records().map(x -> new Encoded(Codec.encode(x), Codec::decodeRecord)),
            Values.pushes().map(x -> new Encoded(Codec.encode(x), Codec::decodePush)),
            Values.sessions().map(x -> new Encoded(Codec.encode(x), Codec::decodeSession)),
            Values.events().map(x -> new Encoded(Codec.encode(x), Codec::decodeEvent)),
            Values.acls().map(x -> new Encoded(Codec.encodeAcl(x), Codec::decodeAcl)),
            Values.stats()
                .map(
                    x -> new Encoded(Codec.encodeStat(x, 5), b -> Codec.decodeMeta(b, List.of()))));
    return Arbitraries.oneOf(all.toList());
  }

  /** Bytes and what decodes them. */
  record Encoded(byte[] bytes, Consumer<byte[]> decoder) {}
}
