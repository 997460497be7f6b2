package io.faaskeeper.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private final Frames frames = new Frames();
  private final List<byte[]> received = new ArrayList<>();

  @Test
  void messagesAreCutOutWhereverTheBytesAreCut() throws IOException {
    int[] sizes = {0, 1, 5000, 0, 3, 70_000};
    ByteBuffer all = ByteBuffer.allocate(200_000);
    for (int size : sizes) {
      all.put(Frames.frame(Samples.data(size, size)));
    }
    all.flip();

    for (int chunk = 1; all.hasRemaining(); chunk = chunk * 7 % 4099) {
      ByteBuffer part = all.slice(all.position(), Math.min(chunk, all.remaining()));
      all.position(all.position() + part.remaining());
      frames.take(part, received::add);
    }

    assertEquals(sizes.length, received.size());
    for (int i = 0; i < sizes.length; i++) {
      assertArrayEquals(Samples.data(sizes[i], sizes[i]), received.get(i));
    }
    assertEquals(0, frames.heldBytes());
  }

  @Test
  void aLengthThatNoMessageHasIsRefused() {
    for (int length : new int[] {-1, Integer.MIN_VALUE, Frames.MAX_BYTES + 1}) {
      ByteBuffer bytes = ByteBuffer.allocate(4).putInt(length).flip();
      assertThrows(IOException.class, () -> new Frames().take(bytes, received::add));
    }
    assertTrue(received.isEmpty());
  }

  @Test
  void anAnnouncedLengthTakesNoMemoryBeforeItsBytesCome() throws IOException {
    frames.take(ByteBuffer.allocate(4).putInt(Frames.MAX_BYTES).flip(), received::add);
    assertTrue(frames.heldBytes() <= 4096);

    frames.take(ByteBuffer.allocate(100_000), received::add);
    assertTrue(frames.heldBytes() <= 200_000);
  }
}
