package io.faaskeeper.deploy;

import java.nio.file.Path;

/**
 * Tables and buckets outside of any stack: what stays when one goes, and the bucket for code. Fails
 * with {@link DeployException}.
 */
interface DataStores {
  boolean hasTable(String name);

  /** Deletes a table with all that is in it. */
  void deleteTable(String name);

  boolean hasBucket(String name);

  /** Makes a private bucket. */
  void createBucket(String name);

  boolean hasObject(String bucket, String key);

  void upload(String bucket, String key, Path file);

  /** Deletes all objects whose keys begin so; tells how many. */
  int deleteObjects(String bucket, String prefix);

  /** Deletes an empty bucket. */
  void deleteBucket(String name);
}
