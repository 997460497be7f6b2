package io.faaskeeper.simulation;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 with one bucket: small objects are put if their name is free. Not thread-safe. */
final class SimulatedBucket implements S3AsyncClient {
  private static final int PRECONDITION_FAILED = 412;

  private final Map<String, byte[]> objects = new HashMap<>();

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {}

  /** The names of what is there. */
  Set<String> names() {
    return objects.keySet();
  }

  @Override
  public CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body) {
    if (objects.containsKey(request.key())) {
      return CompletableFuture.failedFuture(
          S3Exception.builder().statusCode(PRECONDITION_FAILED).build());
    }
    ByteBuffer bytes = ByteBuffer.allocate(body.contentLength().orElseThrow().intValue());
    return body.subscribe(bytes::put)
        .thenApply(
            done -> {
              objects.put(request.key(), bytes.array());
              return PutObjectResponse.builder().build();
            });
  }

  @Override
  public <T> CompletableFuture<T> getObject(
      GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
    byte[] object = objects.get(request.key());
    if (object == null) {
      return CompletableFuture.failedFuture(NoSuchKeyException.builder().build());
    }
    CompletableFuture<T> result = transformer.prepare();
    transformer.onResponse(GetObjectResponse.builder().build());
    transformer.onStream(SdkPublisher.adapt(AsyncRequestBody.fromBytes(object)));
    return result;
  }

  @Override
  public CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request) {
    objects.remove(request.key());
    return CompletableFuture.completedFuture(DeleteObjectResponse.builder().build());
  }
}
