package io.faaskeeper.deploy;

import java.io.PrintStream;
import java.util.Optional;

/**
 * Removes a deployment: what costs and works, or also what it stored. Doing it again is no error.
 */
final class Remover {
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
   */
  void remove(boolean data) {
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
    removeBucket(data);
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
        dispose("table " + table, data, () -> cloud.data().deleteTable(table));
      }
    }
  }

  private void removeBucket(boolean data) {
    String bucket = names.dataBucket(cloud.account().get(), cloud.region());
    if (cloud.data().hasBucket(bucket)) {
      dispose(
          "bucket " + bucket,
          data,
          () -> {
            cloud.data().deleteObjects(bucket, "");
            cloud.data().deleteBucket(bucket);
          });
    }
  }

  private void dispose(String what, boolean data, Runnable deletion) {
    if (!data) {
      out.println("kept " + what + " (--delete-data deletes it)");
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
