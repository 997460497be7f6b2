package io.faaskeeper.host.source;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;

/** The stream of a table. */
final class TableStream implements Shards {
  private final DynamoDbStreamsAsyncClient streams;
  private final String arn;
  private final String region;

  TableStream(DynamoDbStreamsAsyncClient streams, String arn, String region) {
    this.streams = streams;
    this.arn = arn;
    this.region = region;
  }

  @Override
  public CompletionStage<List<Shard>> list() {
    return list(null);
  }

  private CompletionStage<List<Shard>> list(@Nullable String after) {
    return streams
        .describeStream(request -> request.streamArn(arn).exclusiveStartShardId(after))
        .thenCompose(
            page -> {
              List<Shard> shards = shards(page);
              String last = page.streamDescription().lastEvaluatedShardId();
              return last == null
                  ? CompletableFuture.completedStage(shards)
                  : list(last)
                      .thenApply(more -> Stream.concat(shards.stream(), more.stream()).toList());
            });
  }

  private static List<Shard> shards(DescribeStreamResponse page) {
    return page.streamDescription().shards().stream()
        .map(shard -> new Shard(shard.shardId(), shard.parentShardId()))
        .toList();
  }

  @Override
  public CompletionStage<String> iterator(String shard, boolean latest) {
    return streams
        .getShardIterator(
            request ->
                request
                    .streamArn(arn)
                    .shardId(shard)
                    .shardIteratorType(
                        latest ? ShardIteratorType.LATEST : ShardIteratorType.TRIM_HORIZON))
        .thenApply(GetShardIteratorResponse::shardIterator);
  }

  @Override
  public CompletionStage<Page> read(String iterator) {
    return streams
        .getRecords(request -> request.shardIterator(iterator))
        .thenApply(
            response ->
                new Page(
                    response.records().stream()
                        .map(change -> StreamEvent.record(change, arn, region))
                        .toList(),
                    response.nextShardIterator()));
  }
}
