package io.faaskeeper.deploy;

import io.faaskeeper.deploy.DeploymentPlan.Kind;
import io.faaskeeper.deploy.Stacks.Changes;
import io.faaskeeper.deploy.Stacks.Proposal;
import io.faaskeeper.deployment.ConfigException;
import java.io.PrintStream;
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
   * The whole service. A parameter of an existing deployment that is not named keeps its value.
   *
   * @param wanted the template's parameters, but for code and secret
   * @param secret makes a deployment secret, for a deployment that is new
   */
  void service(String template, Wanted wanted, Release release, Supplier<String> secret) {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    Kind kind = DeploymentPlan.deploy(names.stack(), found);
    Optional<StackState> before = kind == Kind.UPDATE ? found : Optional.empty();
    Map<String, String> said =
        before.isPresent() ? wanted.namedValues() : new TreeMap<>(wanted.values());
    String account = cloud.account().get();
    nameBucket(account, said, before);
    uploadCode(account, release, said, before);
    if (before.isEmpty() && options.dryRun()) {
      out.println("would create stack " + names.stack() + " in " + cloud.region() + ":");
      said.forEach((name, value) -> out.println("  " + name + " = " + value));
      return;
    }
    if (before.isEmpty()) {
      said.put(StackParameters.SECRET, secret.get());
    }
    Optional<StackUpdate> update = before.map(stack -> new StackUpdate(stack, said));
    Set<String> kept = update.map(u -> u.kept(StackParameters.names(template))).orElse(Set.of());
    if (options.dryRun()) {
      update.ifPresent(u -> u.lines(kept).forEach(out::println));
    }
    bring(new Proposal(names.stack(), before.isEmpty(), template, said, kept), found);
  }

  /** Only the functions' code. */
  void functions(Release release) {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    StackState stack = DeploymentPlan.existing(names.stack(), found);
    Map<String, String> said = new TreeMap<>();
    uploadCode(cloud.account().get(), release, said, found);
    Set<String> kept = new StackUpdate(stack, said).kept(stack.parameters().keySet());
    bring(new Proposal(names.stack(), false, null, said, kept), found);
  }

  /** A deployment that begins to have a bucket gives it a name, if the call does not. */
  private void nameBucket(String account, Map<String, String> said, Optional<StackState> before) {
    String bucket = StackParameters.DATA_BUCKET;
    String hadStorage = before.map(s -> s.parameter(StackParameters.USER_STORAGE)).orElse("");
    String storage = said.getOrDefault(StackParameters.USER_STORAGE, hadStorage);
    if (!StackParameters.hasBucket(storage)) {
      if (said.remove(bucket) != null) {
        out.println("user-storage key-value has no bucket: what data-bucket names is not used");
      }
      return;
    }
    boolean isNamed =
        StackParameters.hasBucket(hadStorage)
            || before.map(s -> !s.parameter(bucket).isEmpty()).orElse(false);
    if (!isNamed && !said.containsKey(bucket)) {
      said.put(bucket, names.dataBucket(account, cloud.region()).orElseThrow(this::nameTooLong));
    }
  }

  private ConfigException nameTooLong() {
    return new ConfigException(
        names.stack()
            + " and account and region are too long for a bucket's name, which has up to 63"
            + " characters: shorten --name, or say --set 'aws={\"data-bucket\": \"NAME\"}'");
  }

  /**
   * Puts the jar into the bucket for code, and says so in the parameters. What changes nothing is
   * no other release.
   */
  private void uploadCode(
      String account, Release release, Map<String, String> said, Optional<StackState> before) {
    String bucket = Names.codeBucket(account, cloud.region());
    String key = release.key(names.deployment());
    said.put(StackParameters.CODE_BUCKET, bucket);
    said.put(StackParameters.CODE_KEY, key);
    Optional<StackUpdate> update = before.map(stack -> new StackUpdate(stack, said));
    if (update.map(StackUpdate::changesAny).orElse(true)) {
      said.put(StackParameters.RELEASE, release.name(update.map(StackUpdate::after).orElse(said)));
    }
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
