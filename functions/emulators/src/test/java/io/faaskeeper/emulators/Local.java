package io.faaskeeper.emulators;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Stages;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** One set of emulators for all tests of this JVM, and deployments on them. */
final class Local {
  static final Emulators EMULATORS = Emulators.inMemory();

  /** Clients that count nothing. */
  static final AwsClients CLIENTS = clients();

  private Local() {}

  static AwsClients clients(ExecutionInterceptor... storageInterceptors) {
    return new AwsClients(
        new AwsClients.Endpoints(
            "us-east-1", EMULATORS.dynamoDb(), EMULATORS.sqs(), EMULATORS.s3()),
        List.of(storageInterceptors));
  }

  /** The names of a new deployment, whose tables and queues are there. */
  static AwsDeploymentNames deployment() {
    AwsDeploymentNames names = new AwsDeploymentNames(UUID.randomUUID().toString().substring(0, 8));
    Stages.await(new TableCreation(CLIENTS.dynamoDb(), names).createAll());
    Stages.await(new QueueCreation(CLIENTS.sqs(), names).createAll(60));
    return names;
  }

  /** The deployment's bucket, made if it is not there. */
  static String bucket(AwsDeploymentNames names) {
    Stages.await(new BucketCreation(CLIENTS.s3()).create(names.defaultBucket()));
    return names.defaultBucket();
  }

  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  static AwsPorts ports(AwsDeploymentNames names) {
    return ports(CLIENTS, names);
  }

  static AwsPorts ports(AwsClients clients, AwsDeploymentNames names) {
    return new AwsPorts(clients, names, Clock.SYSTEM, new SecureRandom());
  }
}
