package io.faaskeeper.emulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.Stages;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Which queues the client channel makes, and what becomes of them. */
class ChannelQueuesTest {
  private static final String PROCESS = Seal.processName(new byte[] {1});

  private final AwsDeploymentNames names = Local.deployment();
  private final AwsPorts ports = Local.ports(names);
  private final ChannelEndpoint endpoint =
      ports.channelEndpoint(
          new ExecutorScheduler(Executors.newSingleThreadScheduledExecutor(Local::daemon)));

  @Test
  void aQueueIsThereWhileItsProcessIs() {
    assertEquals(List.of(), channelQueues());

    Stages.await(endpoint.open(PROCESS));
    assertEquals(List.of(names.channelQueue(PROCESS)), channelQueues());

    endpoint.end(PROCESS);
    endpoint.close();
    assertEquals(List.of(), channelQueues());
  }

  @Test
  void whatADeadProcessLeavesIsRemovedByTheService() {
    Stages.await(endpoint.open(PROCESS));
    endpoint.close();
    assertEquals(List.of(names.channelQueue(PROCESS)), channelQueues());

    Stages.await(ports.clientChannel().remove(endpoint.address(PROCESS)));

    assertEquals(List.of(), channelQueues());
  }

  private List<String> channelQueues() {
    return Stages.await(
            Local.CLIENTS.sqs().listQueues(r -> r.queueNamePrefix(names.channelQueue(""))))
        .queueUrls()
        .stream()
        .map(url -> url.substring(url.lastIndexOf('/') + 1))
        .toList();
  }
}
