package io.faaskeeper.aws;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Data of nodes as objects of S3, each under a name of its own: {@code nodes/}, the node's key, and
 * the zxid that wrote the data. An object is put before any item names it, never written again, and
 * deleted when no item names it any more. So nothing depends on conditions, and whoever finds that
 * an object is gone finds another one named. Thread-safe.
 */
final class DataObjects {
  private static final int PRECONDITION_FAILED = 412;

  private final S3AsyncClient s3;
  private final String bucket;
  private final Clock clock;
  private final Gate gate = new Gate(AwsClients.CONNECTIONS);

  DataObjects(S3AsyncClient s3, String bucket, Clock clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.clock = clock;
  }

  /** Puts the object, if it is not there. */
  CompletionStage<Void> put(byte[] node, long zxid, byte[] data, Deadline deadline) {
    return write(
            deadline,
            guard ->
                s3.putObject(
                    request ->
                        request
                            .bucket(bucket)
                            .key(name(node, zxid))
                            .ifNoneMatch("*")
                            .overrideConfiguration(guard),
                    AsyncRequestBody.fromBytesUnsafe(data)))
        .handle((done, failure) -> thereNow(failure));
  }

  private static @Nullable Void thereNow(@Nullable Throwable failure) {
    if (failure == null
        || (Dynamo.cause(failure) instanceof S3Exception refused
            && refused.statusCode() == PRECONDITION_FAILED)) {
      return null;
    }
    throw new CompletionException(Dynamo.cause(failure));
  }

  /** The data, or empty if the object is gone. */
  CompletionStage<Optional<byte[]>> get(byte[] node, long zxid) {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(bucket).key(name(node, zxid)).build();
    return gate.pass(
            () -> s3.getObject(request, AsyncResponseTransformer.<GetObjectResponse>toBytes()))
        .handle(
            (bytes, failure) -> {
              if (failure == null) {
                return Optional.of(bytes.asByteArrayUnsafe());
              }
              if (Dynamo.cause(failure) instanceof NoSuchKeyException) {
                return Optional.empty();
              }
              throw new CompletionException(Dynamo.cause(failure));
            });
  }

  /** Deletes the object, if it is there. */
  CompletionStage<Void> delete(byte[] node, long zxid, Deadline deadline) {
    return write(
            deadline,
            guard ->
                s3.deleteObject(
                    request ->
                        request.bucket(bucket).key(name(node, zxid)).overrideConfiguration(guard)))
        .thenAccept(done -> {});
  }

  private <T> CompletableFuture<T> write(
      Deadline deadline, Function<AwsRequestOverrideConfiguration, CompletableFuture<T>> call) {
    return gate.pass(
        () ->
            deadline.hasPassed(clock)
                ? CompletableFuture.failedFuture(
                    new DeadlinePassedException("the deadline has passed"))
                : call.apply(new DeadlineGuard(deadline, clock).override()));
  }

  private static String name(byte[] node, long zxid) {
    return "nodes/" + HexFormat.of().formatHex(node) + "/" + Long.toHexString(zxid);
  }
}
