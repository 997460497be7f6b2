package io.faaskeeper.port;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DistributorQueue}, with whatever delivers its messages, must do: little, since
 * a wake-up may be lost. To run it on an implementation, extend it and return from {@link #create}
 * a queue whose messages run {@code distributor}, the way they run the distributor.
 */
public abstract class DistributorQueueContract {
  /** An empty queue, and what delivers from it. */
  protected abstract DistributorQueue create(Runnable distributor);

  /** What the writer does before it wakes: appends the record. For queues that it concerns. */
  protected void append(long record) {}

  private boolean appendAndWake(DistributorQueue queue, long record) {
    append(record);
    await(queue.wake(record));
    return true;
  }

  @Test
  void aWakeUpIsFollowedByARun() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    DistributorQueue queue = create(ran::countDown);

    appendAndWake(queue, 1);

    assertTrue(ran.await(60, TimeUnit.SECONDS));
  }

  @Test
  void wakeUpsOfManyAreFollowedByARunThatBeganAfterThem() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch ranLater = new CountDownLatch(1);
    DistributorQueue queue =
        create(
            () -> {
              if (sent.getCount() == 0) {
                ranLater.countDown();
              }
            });

    Race.run(4, i -> appendAndWake(queue, 1 + i));
    sent.countDown();
    appendAndWake(queue, 5);

    assertTrue(ranLater.await(60, TimeUnit.SECONDS));
  }
}
