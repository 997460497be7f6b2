package io.faaskeeper.deploy.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.host.EmulatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether functions and clients may do what they do, and do what they may: all calls of the real
 * functions, in processes of their own, and of clients, against the policies of the template.
 */
@Timeout(900)
class PolicyTest {
  /** How long rounds go on until every grant was used: some calls need two copies to meet. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int WRITERS = 2;

  /** More than are busy at once. */
  private static final int INSTANCES = 5;

  /** Never called: S3 says that an object is not there only to those who may list it. */
  private static final String ONLY_FOR_ITS_ANSWERS = "s3:ListBucket";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  static Path folder;

  private static EmulatorProcess emulators;

  private final Template template;

  PolicyTest() throws IOException {
    template = new Template();
  }

  @BeforeAll
  static void startEmulators() throws IOException {
    emulators = EmulatorProcess.start(null, folder.resolve("emulators.log"));
  }

  @AfterAll
  static void stopEmulators() throws IOException {
    emulators.close();
  }

  @Test
  void inlineDistributor() throws Exception {
    Stack stack = stack("inline", Map.of());
    try (StackOnEmulators deployment = onEmulators(stack)) {
      for (String function : List.of("Watch", "Heartbeat", "Writer")) {
        deployment.start(function + "Function", INSTANCES);
      }
      deployment.connect("WriterSource", WRITERS);

      check(stack, deployment, () -> {});
    }
  }

  /**
   * The writer has to be able to do all that the distributor does: it goes on if nobody else does.
   */
  @Test
  void distributorOfItsOwn() throws Exception {
    Stack stack = stack("sqs", Map.of("DistributorQueue", "sqs"));
    try (StackOnEmulators deployment = onEmulators(stack)) {
      for (String function : List.of("Watch", "Heartbeat", "Distributor", "Writer")) {
        deployment.start(function + "Function", INSTANCES);
      }
      deployment.connect("WriterSource", WRITERS);

      check(stack, deployment, () -> deployment.connect("DistributorSource", 1));
    }
  }

  @Test
  void dataInABucketAndAQueuePerClient() throws Exception {
    Stack stack = stack("bucket", Map.of("UserStorage", "persistent", "ClientChannel", "sqs"));
    try (StackOnEmulators deployment = onEmulators(stack)) {
      for (String function : List.of("Watch", "Heartbeat", "Writer")) {
        deployment.start(function + "Function", INSTANCES);
      }
      deployment.connect("WriterSource", WRITERS);

      check(stack, deployment, () -> {});
    }
  }

  @Test
  void allOfThese() throws Exception {
    Stack stack =
        stack(
            "all",
            Map.of("UserStorage", "hybrid", "ClientChannel", "sqs", "DistributorQueue", "sqs"));
    try (StackOnEmulators deployment = onEmulators(stack)) {
      for (String function : List.of("Watch", "Heartbeat", "Distributor", "Writer")) {
        deployment.start(function + "Function", INSTANCES);
      }
      deployment.connect("WriterSource", WRITERS);

      check(stack, deployment, () -> deployment.connect("DistributorSource", 1));
    }
  }

  private Stack stack(String name, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("DeploymentName", name);
    all.put("TickMillis", "500");
    all.put("WorkerQueueGroups", String.valueOf(WRITERS));
    return template.stack(all);
  }

  private static StackOnEmulators onEmulators(Stack stack) throws IOException {
    String name =
        (String) stack.ofType("AWS::Lambda::Function").get("WriterFunction").get("FunctionName");
    return new StackOnEmulators(stack, emulators, Files.createDirectory(folder.resolve(name)));
  }

  /**
   * Works until every grant was used.
   *
   * @param afterTheFirstRound what is to run only then
   */
  private static void check(Stack stack, StackOnEmulators deployment, Runnable afterTheFirstRound)
      throws IOException {
    Set<Grant> grants = new LinkedHashSet<>(Grants.of(stack));
    Set<Grant> ofLambda = Grants.ofLambda(stack);
    assertTrue(grants.containsAll(ofLambda), () -> "Lambda may not " + without(ofLambda, grants));
    grants.removeAll(ofLambda);
    grants.removeIf(grant -> grant.action().equals(ONLY_FOR_ITS_ANSWERS));

    deployment.heartbeats(1);
    assertFalse(deployment.scheduleIsOn());
    try (Workload workload = new Workload(deployment.clientConfiguration())) {
      assertTrue(deployment.scheduleIsOn());
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int i = 0;
          i == 0 || (!unused(deployment, grants).isEmpty() && System.nanoTime() < end);
          i++) {
        deployment.forgetThatTheHeartbeatIsOn();
        workload.round(i);
        deployment.heartbeats(2);
        deployment.heartbeats(2);
        if (i == 0) {
          afterTheFirstRound.run();
          workload.endSyncing();
        }
      }
    }

    Set<Call> calls = CallRecorder.read(deployment.calls());
    assertEquals(List.of(), PolicyCheck.denied(calls, grants), "denied");
    assertEquals(List.of(), PolicyCheck.unused(calls, grants), "granted and never used");
    for (Grant grant : grants) {
      assertFalse(
          PolicyCheck.denied(calls, without(grants, Set.of(grant))).isEmpty(), grant::toString);
    }
  }

  private static List<Grant> unused(StackOnEmulators deployment, Collection<Grant> grants)
      throws IOException {
    return PolicyCheck.unused(CallRecorder.read(deployment.calls()), grants);
  }

  private static List<Grant> without(Collection<Grant> grants, Collection<Grant> others) {
    return grants.stream().filter(grant -> !others.contains(grant)).toList();
  }
}
