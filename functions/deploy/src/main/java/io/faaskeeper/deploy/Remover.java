package io.faaskeeper.deploy;

import java.io.PrintStream;
import java.util.Optional;

/**
 * Removes a deployment: what costs and works, or also what it stored. Doing it again is no error.
 */
final class Remover {
  private static final String DELETE_DATA = "--delete-data";

  /** Who has no stack to look at has to be told of a bucket of another name. */
  private static final String SETTINGS =
      " --set user-storage=persistent --set 'aws={\"data-bucket\": \"%s\"}'";

  private final Cloud cloud;
  private final Names names;
  private final PrintStream out;
  private final boolean dryRun;

  Remover(Cloud cloud, Names names, PrintStream out, boolean dryRun) {
    this.cloud = cloud;
    this.names = names;
    this.out = out;
    this.dryRun = dryRun;
  }

  /**
   * Removes it.
   *
   * @param data whether tables and bucket go, too
   * @param namedBucket the bucket that the call names, for a stack that does not tell it any more
   */
  void remove(boolean data, Optional<String> namedBucket) {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    if (DeploymentPlan.remove(names.stack(), found)) {
      say("delete stack " + names.stack() + " in " + cloud.region());
      if (!dryRun) {
        deleteStack(found.orElseThrow().id());
      }
    } else {
      out.println("there is no stack " + names.stack() + " in " + cloud.region());
    }
    removeCode();
    removeTables(data);
    Optional<String> ownBucket = names.dataBucket(cloud.account().get(), cloud.region());
    ownBucket.ifPresent(bucket -> removeBucket(bucket, data, DELETE_DATA));
    found
        .flatMap(stack -> Optional.ofNullable(stack.outputs().get(StackParameters.DATA_BUCKET)))
        .or(() -> namedBucket)
        .filter(bucket -> !ownBucket.equals(Optional.of(bucket)))
        .ifPresent(bucket -> removeBucket(bucket, data, DELETE_DATA + SETTINGS.formatted(bucket)));
  }

  private void deleteStack(String id) {
    Progress progress = new Progress(cloud, out);
    progress.skip(id);
    cloud.stacks().delete(names.stack());
    Optional<StackState> after = progress.follow(id);
    if (after.isPresent() && !after.get().status().equals("DELETE_COMPLETE")) {
      throw new DeployException(
          names.stack()
              + " could not be deleted ("
              + after.get().status()
              + "): "
              + progress.failure());
    }
  }

  private void removeCode() {
    String bucket = Names.codeBucket(cloud.account().get(), cloud.region());
    if (cloud.data().hasBucket(bucket)) {
      say("delete the functions' code in s3://" + bucket + "/" + names.deployment() + "/");
      if (!dryRun) {
        cloud.data().deleteObjects(bucket, names.deployment() + "/");
      }
    }
  }

  private void removeTables(boolean data) {
    for (String table : names.tables()) {
      if (cloud.data().hasTable(table)) {
        dispose("table " + table, data, DELETE_DATA, () -> cloud.data().deleteTable(table));
      }
    }
  }

  private void removeBucket(String bucket, boolean data, String options) {
    if (cloud.data().hasBucket(bucket)) {
      dispose(
          "bucket " + bucket,
          data,
          options,
          () -> {
            cloud.data().deleteObjects(bucket, "");
            cloud.data().deleteBucket(bucket);
          });
    }
  }

  /**
   * Deletes it, or tells how that is done.
   *
   * @param options of a later call that deletes it
   */
  private void dispose(String what, boolean data, String options, Runnable deletion) {
    if (!data) {
      out.println("kept " + what + " (" + options + " deletes it)");
      return;
    }
    say("delete " + what);
    if (!dryRun) {
      deletion.run();
    }
  }

  private void say(String what) {
    out.println(dryRun ? "would " + what : what);
  }
}
