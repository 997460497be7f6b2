package io.faaskeeper.aws;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * Creates the bucket of a deployment where nothing else does: on the emulator. To create it again
 * changes nothing.
 */
public final class BucketCreation {
  private final S3AsyncClient client;

  public BucketCreation(S3AsyncClient client) {
    this.client = client;
  }

  /** Completes when the bucket can be used. */
  public CompletionStage<Void> create(String bucket) {
    return client
        .createBucket(request -> request.bucket(bucket))
        .handle(
            (created, failure) -> {
              if (failure != null
                  && !(Dynamo.cause(failure) instanceof BucketAlreadyOwnedByYouException)) {
                throw new CompletionException(Dynamo.cause(failure));
              }
              return null;
            });
  }
}
