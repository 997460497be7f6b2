package io.faaskeeper.deployment;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.MessageBodies;
import io.faaskeeper.aws.TcpChannelEndpoint;
import io.faaskeeper.aws.TcpClientChannel;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Distributor;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * A deployment on AWS, or on emulators of it: wires a client process, and the stages as one sandbox
 * of a function has them. The one place where ports on AWS meet service and client.
 */
public final class AwsDeployment implements AutoCloseable {
  private final DeploymentConfig config;
  private final Scheduler scheduler;
  private final ThreadFactory threads;
  private final AwsClients clients;
  private final AwsPorts ports;
  private final SecureRandom random = new SecureRandom();

  /** Of the stages, if they push over TCP. */
  private @Nullable TcpClientChannel channel;

  /**
   * Opens the SDK's clients.
   *
   * @param scheduler for waits
   * @param threads for the client channel over TCP
   * @param interceptors of DynamoDB's client
   */
  public AwsDeployment(
      DeploymentConfig config,
      Scheduler scheduler,
      ThreadFactory threads,
      List<ExecutionInterceptor> interceptors) {
    this.config = config;
    this.scheduler = scheduler;
    this.threads = threads;
    this.clients =
        new AwsClients(
            new AwsClients.Endpoints(
                config.region(),
                endpoint("dynamodb"),
                endpoint("sqs"),
                config.userStorage().hasBucket() ? endpoint("s3") : null),
            interceptors);
    this.ports = new AwsPorts(clients, new AwsDeploymentNames(config.name()), Clock.SYSTEM, random);
  }

  private @Nullable URI endpoint(String service) {
    String named = config.endpoints().get(service);
    if (named == null && config.provider() == DeploymentConfig.Provider.LOCAL) {
      throw new ConfigException(
          "endpoints lacks "
              + service
              + ": a local deployment's configuration is the file that it wrote when it started");
    }
    return named == null ? null : URI.create(named);
  }

  /**
   * A client process. Closing it closes this, too, and so does a failure to make it. Waits for the
   * queue's address.
   */
  public ClientRuntime clientRuntime() {
    try {
      return new ClosingRuntime(openRuntime(), clients);
    } catch (RuntimeException | Error e) {
      clients.close();
      throw e;
    }
  }

  private ClientRuntime openRuntime() {
    WorkerQueue queue = openWorkerQueue();
    return ClientRuntimes.create(
        new ClientPorts(
            ports.watermarks(),
            nodes(),
            ports.children(),
            ports.owners(),
            ports.processes(),
            ports.mailbox(),
            queue,
            endpoint(),
            Clock.SYSTEM,
            scheduler),
        Deployments.clientOptions(config),
        random);
  }

  /** Waits for its address, if it has one. */
  private WorkerQueue openWorkerQueue() {
    int groups = config.workerQueueGroups();
    return switch (config.workerQueue()) {
      case SQS -> ports.openWorkerQueue(groups).toCompletableFuture().join();
      case DYNAMODB -> ports.streamWorkerQueue(groups);
    };
  }

  /** Waits for its address, if it has one. */
  private DistributorQueue openDistributorQueue() {
    return switch (config.distributorQueue()) {
      case INLINE -> record -> CompletableFuture.failedStage(new IllegalStateException("inline"));
      case SQS -> ports.openDistributorQueue().toCompletableFuture().join();
      case DYNAMODB -> ports.streamDistributorQueue();
    };
  }

  private NodeStore nodes() {
    return switch (config.userStorage()) {
      case KEY_VALUE -> ports.nodes();
      case PERSISTENT -> ports.nodes(bucket(config), false);
      case HYBRID -> ports.nodes(bucket(config), true);
    };
  }

  /** The bucket of a deployment, if its user storage uses one. */
  public static String bucket(DeploymentConfig config) {
    String named = config.dataBucket();
    return named != null ? named : new AwsDeploymentNames(config.name()).defaultBucket();
  }

  private ChannelEndpoint endpoint() {
    return switch (config.clientChannel()) {
      case TCP -> new TcpChannelEndpoint(config.channelHost(), config.port(), threads);
      case SQS -> ports.channelEndpoint(scheduler);
    };
  }

  private ClientChannel openChannel() {
    if (config.clientChannel() == DeploymentConfig.ClientChannelKind.SQS) {
      return ports.clientChannel();
    }
    channel = new TcpClientChannel(Clock.SYSTEM, threads);
    return channel;
  }

  /**
   * The stages of one function sandbox, which end with this. Waits for the log's size.
   *
   * @param deploymentSecret what only functions hold
   * @param decoration of the ports: who looks on, and what else is to be done
   */
  public Stages stages(byte[] deploymentSecret, UnaryOperator<ServicePorts> decoration) {
    ServicePorts servicePorts =
        new ServicePorts(
            ports.openLog(config.logSlots()).toCompletableFuture().join(),
            ports.watermarks(),
            nodes(),
            ports.children(),
            ports.owners(),
            ports.sessions(),
            ports.processes(),
            ports.mailbox(),
            openChannel(),
            Clock.SYSTEM,
            scheduler);
    boolean inline = config.distributorQueue() == DeploymentConfig.DistributorQueueKind.INLINE;
    ServiceOptions options =
        new ServiceOptions(
            deploymentSecret, config.tickMillis(), inline, true, config.superDigest());
    return new Stages(
        new ServiceStages(decoration.apply(servicePorts), options, Limits.DEFAULT, random));
  }

  /**
   * What is stored. Closing it closes this, too, and so does a failure to open it. Waits for the
   * log's size.
   */
  public DeploymentStorage storage() {
    try {
      return new DeploymentStorage(
          ports.openLogToRead(config.logSlots()).toCompletableFuture().join(),
          ports.watermarks(),
          nodes(),
          ports.children(),
          ports.owners(),
          ports.sessions(),
          ports.processes(),
          clients::close);
    } catch (RuntimeException | Error e) {
      clients.close();
      throw e;
    }
  }

  /** Ends the connections of the stages: they do nothing more. */
  @Override
  public void close() {
    if (channel != null) {
      channel.close();
    }
    clients.close();
  }

  /** Reads the messages of the worker queue. */
  public MessageBodies messageBodies() {
    return ports.messageBodies();
  }

  /** The stages of one sandbox; each is made when it is asked for. */
  public final class Stages {
    private final ServiceStages stages;

    private Stages(ServiceStages stages) {
      this.stages = stages;
    }

    /**
     * The writer.
     *
     * @param watch the watch function, to be invoked for large groups
     */
    public Writer writer(WatchFunction watch) {
      return stages.writer(openDistributorQueue(), watch);
    }

    /** The distributor, for a distributor queue of its own. */
    public Distributor distributor(WatchFunction watch) {
      return stages.distributor(watch);
    }

    /** The watch function itself. */
    public WatchFunction watch() {
      return stages.watch();
    }

    /** The heartbeat. */
    public Heartbeat heartbeat() {
      return stages.heartbeat(openWorkerQueue());
    }
  }
}
