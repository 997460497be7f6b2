package io.faaskeeper.emulators;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.TcpChannelEndpoint;
import io.faaskeeper.aws.TcpClientChannel;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.ClientChannelContract;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.DistributorQueueContract;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.port.WorkerQueueContract;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contracts of queues and channels, on SQS and TCP. */
class AwsQueueContractTest {
  @Nested
  class Worker extends WorkerQueueContract {
    @Override
    protected WorkerQueue create(Consumer consumer) {
      AwsDeploymentNames names = Local.deployment();
      EventSource.ofWorkers(names, consumer);
      return Stages.await(Local.ports(names).openWorkerQueue(2));
    }
  }

  @Nested
  class Distributor extends DistributorQueueContract {
    @Override
    protected DistributorQueue create(Runnable distributor) {
      AwsDeploymentNames names = Local.deployment();
      EventSource.ofDistributor(names, distributor);
      return Stages.await(Local.ports(names).openDistributorQueue());
    }
  }

  @Nested
  class QueueChannel extends ClientChannelContract {
    private final AwsPorts ports = Local.ports(Local.deployment());

    @Override
    protected ClientChannel channel() {
      return ports.clientChannel();
    }

    @Override
    protected ChannelEndpoint open() {
      return ports.channelEndpoint(
          new ExecutorScheduler(Executors.newSingleThreadScheduledExecutor(Local::daemon)));
    }
  }

  @Nested
  class TcpChannel extends ClientChannelContract {
    private final TcpClientChannel channel = new TcpClientChannel(Clock.SYSTEM, Local::daemon);

    @AfterEach
    void closeChannel() {
      channel.close();
    }

    @Override
    protected ClientChannel channel() {
      return channel;
    }

    @Override
    protected ChannelEndpoint open() {
      return new TcpChannelEndpoint("127.0.0.1", 0, Local::daemon);
    }
  }
}
