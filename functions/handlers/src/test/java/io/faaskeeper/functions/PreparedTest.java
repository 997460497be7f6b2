package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class PreparedTest {
  private final List<String> done = new ArrayList<>();

  private final class Made implements AutoCloseable {
    private final int number;

    Made() {
      number = done.size();
      done.add("made " + number);
    }

    void rehearse() {
      done.add("rehearsed " + number);
    }

    @Override
    public void close() {
      done.add("closed " + number);
    }
  }

  @Test
  void withoutSnapshotsItIsMadeOnce() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);

    assertSame(prepared.get(), prepared.get());
    assertEquals(List.of("made 0"), done);
  }

  /** What is restored more than once is made anew each time, from what was closed once. */
  @Test
  void eachInstanceHasItsOwnAfterASnapshot() throws Exception {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    Made before = prepared.get();
    prepared.beforeCheckpoint(Core.getGlobalContext());
    assertEquals(List.of("made 0", "rehearsed 0", "closed 0"), done);

    prepared.afterRestore(Core.getGlobalContext());
    Made first = prepared.get();
    prepared.afterRestore(Core.getGlobalContext());

    assertNotSame(before, first);
    assertNotSame(first, prepared.get());
    assertEquals(List.of("made 0", "rehearsed 0", "closed 0", "made 3", "made 4"), done);
  }
}
