package io.faaskeeper.deploy;

import static io.faaskeeper.deploy.AwsErrors.told;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tables and buckets by the SDK. */
final class AwsDataStores implements DataStores {
  private static final String DEFAULT_LOCATION = "us-east-1";
  private static final int NOT_FOUND = 404;

  private final DynamoDbClient tables;
  private final S3Client buckets;
  private final String region;

  AwsDataStores(DynamoDbClient tables, S3Client buckets, String region) {
    this.tables = tables;
    this.buckets = buckets;
    this.region = region;
  }

  @Override
  public boolean hasTable(String name) {
    return told(
        () -> {
          try {
            tables.describeTable(r -> r.tableName(name));
            return true;
          } catch (ResourceNotFoundException e) {
            return false;
          }
        });
  }

  @Override
  public void deleteTable(String name) {
    told(() -> tables.deleteTable(r -> r.tableName(name)));
  }

  @Override
  public boolean hasBucket(String name) {
    return told(() -> isFound(() -> buckets.headBucket(r -> r.bucket(name))));
  }

  @Override
  public boolean hasObject(String bucket, String key) {
    return told(() -> isFound(() -> buckets.headObject(r -> r.bucket(bucket).key(key))));
  }

  private static boolean isFound(Runnable call) {
    try {
      call.run();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void createBucket(String name) {
    told(
        () ->
            buckets.createBucket(
                r -> {
                  r.bucket(name);
                  if (!region.equals(DEFAULT_LOCATION)) {
                    r.createBucketConfiguration(
                        CreateBucketConfiguration.builder()
                            .locationConstraint(BucketLocationConstraint.fromValue(region))
                            .build());
                  }
                }));
    told(
        () ->
            buckets.putPublicAccessBlock(
                r ->
                    r.bucket(name)
                        .publicAccessBlockConfiguration(
                            c ->
                                c.blockPublicAcls(true)
                                    .blockPublicPolicy(true)
                                    .ignorePublicAcls(true)
                                    .restrictPublicBuckets(true))));
  }

  @Override
  public void upload(String bucket, String key, Path file) {
    told(() -> buckets.putObject(r -> r.bucket(bucket).key(key), file));
  }

  @Override
  public int deleteObjects(String bucket, String prefix) {
    int deleted = 0;
    while (true) {
      ListObjectsV2Response page =
          told(() -> buckets.listObjectsV2(r -> r.bucket(bucket).prefix(prefix)));
      if (page.contents().isEmpty()) {
        return deleted;
      }
      List<ObjectIdentifier> objects =
          page.contents().stream()
              .map(object -> ObjectIdentifier.builder().key(object.key()).build())
              .toList();
      var answer =
          told(() -> buckets.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(objects))));
      if (answer.hasErrors() && !answer.errors().isEmpty()) {
        throw new DeployException(
            "not deleted: "
                + bucket
                + "/"
                + answer.errors().get(0).key()
                + ": "
                + answer.errors().get(0).message());
      }
      deleted += objects.size();
    }
  }

  @Override
  public void deleteBucket(String name) {
    told(() -> buckets.deleteBucket(r -> r.bucket(name)));
  }
}
