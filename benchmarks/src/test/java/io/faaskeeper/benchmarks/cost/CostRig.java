package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/** A deployment on the emulators whose calls are counted, those of functions and clients apart. */
final class CostRig implements AutoCloseable {
  static final int TIMEOUT_MILLIS = 30_000;

  private final SecureRandom random = new SecureRandom();
  private final CallLog functionCalls = new CallLog();
  private final CallLog clientCalls = new CallLog();
  private final AwsClients functionClients;
  private final AwsClients clientClients;
  private final AwsDeploymentNames names;
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final MemoryChannels channels = new MemoryChannels();
  private final Pushes pushes = new Pushes(channels);
  private final Progress progress = new Progress();
  private final HeldTime time = new HeldTime();
  private final AwsPorts clientPorts;
  private final CountedQueue queue;
  private final List<WriterPump> pumps = new ArrayList<>();
  private final List<ClientRuntime> runtimes = new ArrayList<>();

  CostRig(EmulatorProcess emulators, String name, int groups, int logSlots) {
    AwsClients.Endpoints endpoints =
        new AwsClients.Endpoints("us-east-1", emulators.dynamoDb(), emulators.sqs());
    functionClients = new AwsClients(endpoints, List.of(functionCalls));
    clientClients = new AwsClients(endpoints, List.of(clientCalls));
    names = new AwsDeploymentNames(name);
    CostSession.await(new TableCreation(functionClients.dynamoDb(), names).createAll());
    CostSession.await(new QueueCreation(functionClients.sqs(), names).createAll(60));
    clientPorts = new AwsPorts(clientClients, names, time, random);
    queue = new CountedQueue(CostSession.await(clientPorts.openWorkerQueue(groups)));
    byte[] secret = new byte[Seal.SECRET_BYTES];
    random.nextBytes(secret);
    String url =
        CostSession.await(functionClients.sqs().getQueueUrl(r -> r.queueName(names.workerQueue())))
            .queueUrl();
    for (int i = 0; i < groups; i++) {
      AwsPorts ports = new AwsPorts(functionClients, names, Clock.SYSTEM, random);
      WriterPump pump =
          new WriterPump(
              functionClients.sqs(),
              url,
              ports.messageBodies(),
              writer(ports, secret, logSlots),
              progress);
      pumps.add(pump);
      pump.start();
    }
  }

  private Writer writer(AwsPorts ports, byte[] secret, int logSlots) {
    ServicePorts service =
        new ServicePorts(
            CostSession.await(ports.openLog(logSlots)),
            ports.watermarks(),
            ports.nodes(),
            ports.children(),
            ports.owners(),
            ports.sessions(),
            ports.processes(),
            ports.mailbox(),
            pushes,
            Clock.SYSTEM,
            new ExecutorScheduler(timers));
    ServiceOptions options = new ServiceOptions(secret, 2_000, true, true, null);
    ServiceStages stages = new ServiceStages(service, options, Limits.DEFAULT, random);
    return stages.writer(
        record -> {
          throw new IllegalStateException("the distributor is inline");
        },
        stages.watch());
  }

  /** A session in a client process of its own. */
  CostSession newProcess() {
    ClientPorts ports =
        new ClientPorts(
            clientPorts.watermarks(),
            clientPorts.nodes(),
            clientPorts.children(),
            clientPorts.owners(),
            clientPorts.processes(),
            clientPorts.mailbox(),
            queue,
            channels.open(),
            time,
            time);
    ClientRuntime runtime = ClientRuntimes.create(ports, ClientOptions.DEFAULTS, random);
    runtimes.add(runtime);
    ConnectResult result = CostSession.await(runtime.open(TIMEOUT_MILLIS, List.of()));
    if (result instanceof ConnectResult.Connected connected) {
      return new CostSession(connected.session());
    }
    throw new AssertionError("no session: " + result);
  }

  WriterPump pump() {
    return pumps.get(0);
  }

  HeldTime time() {
    return time;
  }

  /** Counts what an action costs, to the end of what it left to the functions. */
  Cost measure(Runnable action) throws InterruptedException, TimeoutException {
    progress.await(queue.sent());
    functionCalls.take();
    clientCalls.take();
    pushes.forget();
    int sentBefore = queue.sent();
    action.run();
    progress.await(queue.sent());
    return Cost.of(
        queue.sent() - sentBefore, functionCalls.take(), clientCalls.take(), pushes.first());
  }

  @Override
  public void close() throws Exception {
    runtimes.forEach(ClientRuntime::close);
    for (WriterPump pump : pumps) {
      pump.close();
    }
    timers.shutdownNow();
    functionClients.close();
    clientClients.close();
  }
}
