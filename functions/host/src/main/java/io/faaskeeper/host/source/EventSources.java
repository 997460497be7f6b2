package io.faaskeeper.host.source;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.host.lambda.Account;
import io.faaskeeper.host.lambda.InvocationResult;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** What feeds functions from the queues and tables of an account, by their names. */
public final class EventSources {
  private final AwsClients clients;
  private final Account account;
  private final ScheduledExecutorService timers;

  /**
   * Reads nothing yet.
   *
   * @param timers not owned
   */
  public EventSources(AwsClients clients, Account account, ScheduledExecutorService timers) {
    this.clients = clients;
    this.account = account;
    this.timers = timers;
  }

  /** Begins to read a queue, see {@link QueueSource}. Waits for its address. */
  public QueueSource ofQueue(
      String queue, Function<byte[], CompletionStage<InvocationResult>> invoke, int pollers) {
    String url = clients.sqs().getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
    return QueueSource.start(
        clients.sqs(), url, account.queueArn(queue), account.region(), invoke, pollers, timers);
  }

  /** Begins to read a table's stream, see {@link StreamSource}. Waits until it is read. */
  public StreamSource ofTable(
      String table,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      StreamSettings settings) {
    String arn =
        clients
            .dynamoDb()
            .describeTable(request -> request.tableName(table))
            .join()
            .table()
            .latestStreamArn();
    return StreamSource.start(clients.streams(), arn, account.region(), settings, invoke, timers)
        .toCompletableFuture()
        .join();
  }
}
