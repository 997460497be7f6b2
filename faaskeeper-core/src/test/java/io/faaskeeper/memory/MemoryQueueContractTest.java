package io.faaskeeper.memory;

import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.ClientChannelContract;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.DistributorQueueContract;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.port.WorkerQueueContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contracts of queues and channels. */
class MemoryQueueContractTest {
  private static final ScheduledExecutorService EXECUTOR =
      Executors.newSingleThreadScheduledExecutor();
  private static final Scheduler SCHEDULER = new ExecutorScheduler(EXECUTOR);

  @AfterAll
  static void shutDown() {
    EXECUTOR.shutdownNow();
  }

  @Nested
  class Worker extends WorkerQueueContract {
    @Override
    protected WorkerQueue create(Consumer consumer) {
      return new MemoryQueue(
          2, (group, messages) -> consumer.process(messages), Clock.SYSTEM, SCHEDULER);
    }
  }

  @Nested
  class Distributor extends DistributorQueueContract {
    @Override
    protected DistributorQueue create(Runnable distributor) {
      return new MemoryDistributorQueue(
          record -> {
            distributor.run();
            return CompletableFuture.completedFuture(null);
          },
          SCHEDULER);
    }
  }

  @Nested
  class Channel extends ClientChannelContract {
    private final MemoryChannels channels = new MemoryChannels();

    @Override
    protected ClientChannel channel() {
      return channels;
    }

    @Override
    protected ChannelEndpoint open() {
      return channels.open();
    }
  }
}
