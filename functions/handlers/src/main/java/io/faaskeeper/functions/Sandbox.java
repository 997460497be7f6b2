package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.aws.TcpClientChannel;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.functions.log.CurrentRequest;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Distributor;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * All that one function instance keeps between its invocations: clients, ports and stages, wired
 * here. Made while the instance starts, so that the first event finds it ready. One event at a
 * time.
 */
final class Sandbox {
  private static final Duration MAX_BATCH_TIME = Duration.ofMinutes(1);
  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "faaskeeper");
        thread.setDaemon(true);
        return thread;
      };

  private final DeploymentConfig config;
  private final AwsDeploymentNames names;
  private final AwsPorts aws;
  private final ServiceStages stages;
  private final WatchFunction watch;
  private final CallMeter meter = new CallMeter();
  private final Metrics metrics;

  private Sandbox(FunctionEnvironment environment, String function) {
    this.config = environment.deployment();
    this.names = new AwsDeploymentNames(config.name());
    this.metrics = new Metrics(function, names, meter, System.out);
    SecureRandom random = new SecureRandom();
    AwsClients clients =
        new AwsClients(
            new AwsClients.Endpoints(config.region(), endpoint("dynamodb"), endpoint("sqs")),
            List.of(meter));
    this.aws = new AwsPorts(clients, names, Clock.SYSTEM, random);
    TransactionLog log = join(aws.openLog(config.logSlots()));
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DAEMONS);
    ServicePorts ports =
        new ServicePorts(
            log,
            aws.watermarks(),
            aws.nodes(),
            aws.children(),
            aws.owners(),
            aws.sessions(),
            aws.processes(),
            aws.mailbox(),
            new MeteredChannel(new TcpClientChannel(Clock.SYSTEM, DAEMONS), meter),
            Clock.SYSTEM,
            new ExecutorScheduler(timer));
    boolean inline = config.distributorQueue() == DistributorQueueKind.INLINE;
    ServiceOptions options =
        new ServiceOptions(environment.secret(), config.tickMillis(), inline, true, null);
    this.stages = new ServiceStages(ports, options, Limits.DEFAULT, random);
    this.watch =
        new LambdaWatchFunction(names.function("watch"), config.region(), endpoint("lambda"));
  }

  /** As the environment of this process describes it. */
  static Sandbox of(String function) {
    return new Sandbox(FunctionEnvironment.of(System.getenv()), function);
  }

  WriterBatch writer() {
    DistributorQueue queue =
        config.distributorQueue() == DistributorQueueKind.INLINE
            ? record -> {
              throw new IllegalStateException("the distributor is inline");
            }
            : join(aws.openDistributorQueue());
    Writer writer = stages.writer(queue, watch);
    return new WriterBatch(writer, aws.messageBodies()::read);
  }

  Distributor distributor() {
    return stages.distributor(watch);
  }

  Heartbeat heartbeat() {
    return stages.heartbeat(join(aws.openWorkerQueue(config.workerQueueGroups())));
  }

  WatchFunction watch() {
    return stages.watch();
  }

  /** To be called first with each event. */
  Metrics begin(Context context) {
    CurrentRequest.begin(context.getAwsRequestId());
    meter.reset();
    return metrics.begin();
  }

  /**
   * Until when storage may be changed: a tenth of the time is left to tell what was not done. It is
   * a minute at most, since tombstones outlive what a frozen instance still sends.
   */
  static Deadline deadline(Context context) {
    long nanos = Duration.ofMillis(context.getRemainingTimeInMillis()).toNanos() / 10 * 9;
    return new Deadline(Clock.SYSTEM.nanoTime() + Math.min(nanos, MAX_BATCH_TIME.toNanos()));
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private @Nullable URI endpoint(String service) {
    String endpoint = config.endpoints().get(service);
    return endpoint == null ? null : URI.create(endpoint);
  }
}
