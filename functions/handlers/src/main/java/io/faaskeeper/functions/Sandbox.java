package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.functions.log.CurrentRequest;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.service.Distributor;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.Writer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * All that one function instance keeps between its invocations. Made while the instance starts, so
 * that the first event finds it ready. One event at a time. Closing it ends its connections and its
 * thread.
 */
final class Sandbox implements AutoCloseable {
  private static final Duration MAX_BATCH_TIME = Duration.ofMinutes(1);

  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final AwsDeployment deployment;
  private final AwsDeployment.Stages stages;
  private final LambdaWatchFunction watch;
  private final HeartbeatRule rule;
  private final CallMeter meter = new CallMeter();
  private final Metrics metrics;
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(Sandbox::daemon);

  private Sandbox(FunctionEnvironment environment, String function) {
    DeploymentConfig config = environment.deployment();
    AwsDeploymentNames names = new AwsDeploymentNames(config.name());
    StageMeter stageMeter = new StageMeter(Clock.SYSTEM);
    this.metrics =
        new Metrics(function, config.name(), meter, stageMeter, Clock.SYSTEM, System.out);
    this.deployment =
        new AwsDeployment(config, new ExecutorScheduler(timers), Sandbox::daemon, List.of(meter));
    this.rule =
        new HeartbeatRule(names.heartbeatRule(), config.region(), endpoint(config, "events"));
    this.stages =
        deployment.stages(
            environment.secret(),
            ports ->
                stageMeter.watch(
                    ports.with(
                        new ScheduledWatermarks(ports.watermarks(), rule),
                        new MeteredChannel(ports.channel(), meter))));
    this.watch =
        new LambdaWatchFunction(
            names.function("watch"), config.region(), endpoint(config, "lambda"));
  }

  private static @Nullable URI endpoint(DeploymentConfig config, String service) {
    String named = config.endpoints().get(service);
    return named == null ? null : URI.create(named);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "faaskeeper");
    thread.setDaemon(true);
    return thread;
  }

  /** As the environment of this process describes it. */
  static Sandbox of(String function) {
    return new Sandbox(FunctionEnvironment.of(System.getenv()), function);
  }

  /**
   * The writer, its view of the log already read: by a batch of nothing, so that the first one with
   * a request does not wait for it.
   */
  WriterBatch writer() {
    Writer writer = stages.writer(watch);
    join(writer.process(List.of(), briefly()));
    return new WriterBatch(writer, deployment.messageBodies()::read);
  }

  Distributor distributor() {
    return stages.distributor(watch);
  }

  Heartbeat heartbeat() {
    return stages.heartbeat();
  }

  HeartbeatRule heartbeatRule() {
    return rule;
  }

  WatchFunction watch() {
    return stages.watch();
  }

  /** To be called first with each event. */
  Metrics begin(Context context) {
    CurrentRequest.begin(context.getAwsRequestId());
    return metrics.begin();
  }

  /**
   * How long an event can be waited for: a twentieth of the time is left to tell that it failed.
   */
  static Duration limit(Context context) {
    return Duration.ofMillis(context.getRemainingTimeInMillis()).dividedBy(20).multipliedBy(19);
  }

  /**
   * Until when storage may be changed: a tenth of the time is left to tell what was not done. It is
   * a minute at most, since tombstones outlive what a frozen instance still sends.
   */
  static Deadline deadline(Context context) {
    long nanos = Duration.ofMillis(context.getRemainingTimeInMillis()).toNanos() / 10 * 9;
    return new Deadline(Clock.SYSTEM.nanoTime() + Math.min(nanos, MAX_BATCH_TIME.toNanos()));
  }

  /** Of what is done before there is an event. */
  static Deadline briefly() {
    return new Deadline(Clock.SYSTEM.nanoTime() + WARM_UP.toNanos());
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Override
  public void close() {
    timers.shutdownNow();
    rule.close();
    watch.close();
    deployment.close();
  }
}
