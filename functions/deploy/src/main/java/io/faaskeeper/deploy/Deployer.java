package io.faaskeeper.deploy;

import io.faaskeeper.deploy.DeploymentPlan.Kind;
import io.faaskeeper.deploy.Stacks.Changes;
import io.faaskeeper.deploy.Stacks.Proposal;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a deployment to what is wanted. Doing it again does nothing. An existing deployment is
 * only updated, and not where that would put its data out of use.
 */
final class Deployer {
  private final Cloud cloud;
  private final Names names;
  private final PrintStream out;
  private final Options options;

  /**
   * How careful to be.
   *
   * @param dryRun only say what would be done
   * @param replaceData also do what puts stored data out of use
   */
  record Options(boolean dryRun, boolean replaceData) {}

  Deployer(Cloud cloud, Names names, PrintStream out, Options options) {
    this.cloud = cloud;
    this.names = names;
    this.out = out;
    this.options = options;
  }

  /**
   * The whole service.
   *
   * @param wanted the template's parameters, but for code and secret
   * @param secret makes a deployment secret, for a deployment that is new
   */
  void service(
      String template, Map<String, String> wanted, Release release, Supplier<String> secret) {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    Kind kind = DeploymentPlan.deploy(names.stack(), found);
    Map<String, String> parameters = new TreeMap<>(wanted);
    String account = cloud.account().get();
    parameters.put("DataBucketName", names.dataBucket(account, cloud.region()));
    uploadCode(account, release, parameters);
    Set<String> kept = kind == Kind.UPDATE ? Set.of(StackParameters.SECRET) : Set.of();
    if (kind == Kind.CREATE && options.dryRun()) {
      out.println("would create stack " + names.stack() + " in " + cloud.region() + ":");
      parameters.forEach((name, value) -> out.println("  " + name + " = " + value));
      return;
    }
    if (kind == Kind.CREATE) {
      parameters.put(StackParameters.SECRET, secret.get());
    }
    bring(new Proposal(names.stack(), kind == Kind.CREATE, template, parameters, kept), found);
  }

  /** Only the functions' code. */
  void functions(Release release) {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    StackState stack = DeploymentPlan.existing(names.stack(), found);
    Map<String, String> parameters = new TreeMap<>(stack.parameters());
    parameters.remove(StackParameters.SECRET);
    uploadCode(cloud.account().get(), release, parameters);
    Set<String> changed =
        Set.of(StackParameters.CODE_BUCKET, StackParameters.CODE_KEY, StackParameters.RELEASE);
    Set<String> kept = new HashSet<>(stack.parameters().keySet());
    kept.removeAll(changed);
    parameters.keySet().retainAll(changed);
    bring(new Proposal(names.stack(), false, null, parameters, kept), found);
  }

  /** Puts the jar into the bucket for code, and says so in the parameters. */
  private void uploadCode(String account, Release release, Map<String, String> parameters) {
    String bucket = Names.codeBucket(account, cloud.region());
    String key = release.key(names.deployment());
    parameters.put(StackParameters.CODE_BUCKET, bucket);
    parameters.put(StackParameters.CODE_KEY, key);
    parameters.remove(StackParameters.RELEASE);
    parameters.put(StackParameters.RELEASE, release.name(parameters));
    boolean hasBucket = cloud.data().hasBucket(bucket);
    if (!hasBucket) {
      say("create bucket " + bucket, () -> cloud.data().createBucket(bucket));
    }
    if (!hasBucket || !cloud.data().hasObject(bucket, key)) {
      say(
          "upload " + release.jar() + " to s3://" + bucket + "/" + key,
          () -> cloud.data().upload(bucket, key, release.jar()));
    }
  }

  private void say(String what, Runnable task) {
    out.println(options.dryRun() ? "would " + what : what);
    if (!options.dryRun()) {
      task.run();
    }
  }

  private void bring(Proposal proposal, Optional<StackState> found) {
    Changes changes = cloud.stacks().propose(proposal);
    if (changes.changes().isEmpty()) {
      cloud.stacks().discard(changes);
      out.println(names.stack() + " is as it should be, nothing to do");
      return;
    }
    changes.changes().forEach(change -> out.println("  " + line(change)));
    try {
      DeploymentPlan.review(changes.changes(), options.replaceData());
    } catch (DeployException e) {
      cloud.stacks().discard(changes);
      throw e;
    }
    if (options.dryRun()) {
      cloud.stacks().discard(changes);
      out.println("would do that to " + names.stack() + " in " + cloud.region());
      return;
    }
    carryOut(changes, found.map(StackState::id).orElse(null));
  }

  private static String line(Stacks.Change change) {
    String replaced = change.replacement().equals("True") ? ", as a new one" : "";
    return change.action().toLowerCase(Locale.ROOT)
        + " "
        + change.resource()
        + " ("
        + change.type()
        + ")"
        + replaced;
  }

  private void carryOut(Changes changes, @Nullable String known) {
    Progress progress = new Progress(cloud, out);
    if (known != null) {
      progress.skip(known);
    }
    cloud.stacks().execute(changes);
    StackState after =
        progress
            .follow(names.stack())
            .orElseThrow(() -> new DeployException(names.stack() + " was deleted meanwhile"));
    if (!after.isSettled()) {
      throw new DeployException(
          names.stack()
              + " could not be brought there ("
              + after.status()
              + "): "
              + (progress.failure().isEmpty() ? "see bin/fk status" : progress.failure()));
    }
    out.println(names.stack() + " is deployed in " + cloud.region());
    after.outputs().forEach((name, value) -> out.println("  " + name + " = " + value));
  }
}
