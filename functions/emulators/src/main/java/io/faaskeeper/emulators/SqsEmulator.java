package io.faaskeeper.emulators;

import java.net.URI;
import org.elasticmq.RelaxedSQSLimits$;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ, with limits relaxed so that messages of 1 MiB pass. It keeps nothing over a restart:
 * queues are created again by whoever uses them, and a request that was in a queue is sent again by
 * the client that waits for its answer.
 */
final class SqsEmulator implements Emulator {
  private final SQSRestServer server;
  private final int port;

  SqsEmulator(int port) {
    server =
        SQSRestServerBuilder.withInterface(HOST)
            .withPort(port)
            .withSQSLimits(RelaxedSQSLimits$.MODULE$)
            .start();
    this.port = server.waitUntilStarted().localAddress().getPort();
  }

  @Override
  public URI endpoint() {
    return URI.create("http://" + HOST + ":" + port);
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
