package io.faaskeeper.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.port.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PushBodiesTest {
  private static final int MESSAGE_BYTES = 256 * 1024;

  private final PushAssembly assembly = new PushAssembly();

  @Test
  void aPushIsWholeInWhateverOrderItsPartsCome() {
    Random random = new Random(1);
    for (int size : new int[] {0, 1, PushBodies.PART_BYTES, PushBodies.PART_BYTES + 1, 2_000_000}) {
      byte[] push = Samples.data(size, size);
      List<String> texts = new ArrayList<>(PushBodies.write(push, random.nextLong()));
      texts.forEach(text -> assertTrue(text.length() <= MESSAGE_BYTES));
      Collections.shuffle(texts, random);

      List<byte[]> pushes = texts.stream().flatMap(text -> add(text).stream()).toList();

      assertEquals(1, pushes.size());
      assertArrayEquals(push, pushes.get(0));
    }
  }

  @Test
  void partsOfSeveralPushesDoNotMixAndDoublesDoNoHarm() {
    byte[] one = Samples.data(PushBodies.PART_BYTES + 1, 1);
    byte[] other = Samples.data(PushBodies.PART_BYTES + 1, 2);
    List<String> first = PushBodies.write(one, 1);
    List<String> second = PushBodies.write(other, 2);

    assertTrue(add(first.get(1)).isEmpty());
    assertTrue(add(first.get(1)).isEmpty());
    assertTrue(add(second.get(0)).isEmpty());
    assertArrayEquals(one, add(first.get(0)).orElseThrow());
    assertArrayEquals(other, add(second.get(1)).orElseThrow());
  }

  @Test
  void theMemoryOfWhatIsNeverCompleteIsBounded() {
    byte[] push = Samples.data(PushBodies.MAX_BYTES, 1);
    List<String> kept = PushBodies.write(push, 0);
    kept.subList(1, kept.size()).forEach(this::add);
    for (int id = 1; id <= 4; id++) {
      List<String> texts = PushBodies.write(push, id);
      texts.subList(1, texts.size()).forEach(this::add);
    }

    assertTrue(add(kept.get(0)).isEmpty(), "the oldest is dropped");
    assertArrayEquals(push, add(PushBodies.write(push, 4).get(0)).orElseThrow());
  }

  @Test
  void whatIsNoPushIsRefused() {
    for (String text :
        List.of("", "x", "w*", "p1:1:1:AAAA", "p1:0:1000:AAAA", "p1:0:999:AAAA", "p:0:2:AAAA")) {
      assertThrows(MalformedDataException.class, () -> PushBodies.read(text), text);
    }
  }

  private Optional<byte[]> add(String text) {
    return assembly.add(PushBodies.read(text));
  }
}
