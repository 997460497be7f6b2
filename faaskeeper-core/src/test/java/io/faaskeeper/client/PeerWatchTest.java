package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.Request;
import io.faaskeeper.port.ProcessRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final long START = -5_000_000_000L;
  private static final long THIRD = START + Duration.ofSeconds(10).toNanos();
  private static final long VERDICT = START + Duration.ofSeconds(30).toNanos();

  private final PeerWatch watch = new PeerWatch("self", 40_000);

  @BeforeEach
  void seeFirst() {
    watch.lookBegins();
    assertEquals(List.of(), watch.see(List.of(peer(1)), START, START));
  }

  private static ProcessRow peer(long counter) {
    return new ProcessRow("peer", counter, TIMEOUT_MILLIS, "tcp:198.51.100.7:40001", false);
  }

  @Test
  void isDueEachThirdOfItsTimeout() {
    assertEquals(List.of(), watch.due(THIRD - 1));
    assertEquals(List.of("peer"), watch.due(THIRD));
    assertEquals(THIRD - START, watch.nanosToNextLook(START));
  }

  @Test
  void isNotLookedAtTwiceWhileALookAtEverybodyIsOnItsWay() {
    watch.lookBegins();

    assertEquals(List.of(), watch.due(THIRD));
    assertEquals(VERDICT - THIRD, watch.nanosToNextLook(THIRD));
  }

  @Test
  void isDueAgainWhenTheLookFailed() {
    watch.lookBegins();
    watch.lookFailed();

    assertEquals(List.of("peer"), watch.due(THIRD));
  }

  @Test
  void isDueForItsVerdictWhateverIsOnItsWay() {
    watch.lookBegins();

    assertEquals(List.of("peer"), watch.due(VERDICT));
    assertEquals(
        List.of(new Request.Suspicion("peer", 1, TIMEOUT_MILLIS)),
        watch.see(peer(1), VERDICT, VERDICT));
  }

  @Test
  void isNotSuspectedIfItMoved() {
    watch.lookBegins();
    assertEquals(List.of(), watch.see(List.of(peer(2)), THIRD, THIRD));

    assertEquals(List.of(), watch.see(peer(2), VERDICT, VERDICT));
  }
}
