package io.faaskeeper.deploy.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.host.EmulatorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether functions and clients may do what they do, and do what they may: all calls of the real
 * functions, in processes of their own, and of clients, against the policies of the template.
 */
@Timeout(900)
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the jar has native code for Lambda's Linux on x86-64 alone")
class PolicyTest {
  /** How long rounds go on until every grant was used: some calls need two copies to meet. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int WRITERS = 2;

  /** More than are busy at once. */
  private static final int INSTANCES = 5;

  /** Never called: S3 says that an object is not there only to those who may list it. */
  private static final String ONLY_FOR_ITS_ANSWERS = "s3:ListBucket";

  private static final Set<Choices> CHOSEN =
      Set.of(
          new Choices("key-value", "sqs", "inline", "tcp"),
          new Choices("persistent", "sqs", "sqs", "sqs"),
          new Choices("hybrid", "dynamodb", "dynamodb", "tcp"),
          new Choices("key-value", "dynamodb", "inline", "sqs"));

  record Choices(
      String userStorage, String workerQueue, String distributorQueue, String clientChannel) {
    /** Of a deployment: short, since a bucket's name has to be. */
    String name() {
      return String.join(
          "-",
          userStorage.substring(0, 3),
          workerQueue.substring(0, 3),
          distributorQueue.substring(0, 3),
          clientChannel);
    }
  }

  @TempDir static Path emulatorsFolder;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static EmulatorProcess emulators;

  private final Template template;

  PolicyTest() throws IOException {
    template = new Template();
  }

  @BeforeAll
  static void startEmulators() throws IOException {
    emulators = EmulatorProcess.start(null, emulatorsFolder.resolve("emulators.log"));
  }

  @AfterAll
  static void stopEmulators() throws IOException {
    emulators.close();
  }

  /**
   * Each conditional statement depends on one choice, and each choice is here; of the others, all
   * are with {@code faaskeeper.matrix}.
   */
  static Stream<Choices> configurations() {
    List<Choices> all =
        List.of("key-value", "persistent", "hybrid").stream()
            .flatMap(storage -> Stream.of("sqs", "dynamodb").map(q -> List.of(storage, q)))
            .flatMap(
                two ->
                    Stream.of("inline", "sqs", "dynamodb")
                        .flatMap(
                            distributor ->
                                Stream.of("tcp", "sqs")
                                    .map(
                                        channel ->
                                            new Choices(
                                                two.get(0), two.get(1), distributor, channel))))
            .toList();
    return Boolean.getBoolean("faaskeeper.matrix")
        ? all.stream()
        : all.stream().filter(CHOSEN::contains);
  }

  /**
   * With a distributor of its own, the writer has to be able to do all that the distributor does:
   * it goes on if nobody else does. So the distributor is connected after a first round.
   */
  @ParameterizedTest
  @MethodSource("configurations")
  void nothingIsDeniedAndNothingIsGrantedInVain(Choices choices) throws Exception {
    Stack stack = stack(choices);
    try (StackOnEmulators deployment = new StackOnEmulators(stack, emulators, folder)) {
      for (String function : List.of("Watch", "Heartbeat", "Distributor", "Writer")) {
        if (stack.resources().containsKey(function + "Function")) {
          deployment.start(function + "Function", INSTANCES);
        }
      }
      connect(deployment, stack, "Writer", WRITERS);

      check(stack, deployment, () -> connect(deployment, stack, "Distributor", 1));
    }
  }

  private static void connect(
      StackOnEmulators deployment, Stack stack, String function, int pollers) {
    Stream.of(function + "Source", function + "StreamSource")
        .filter(stack.resources()::containsKey)
        .forEach(source -> deployment.connect(source, pollers));
  }

  private Stack stack(Choices choices) {
    return template.stack(
        Map.of(
            "DeploymentName", choices.name(),
            "UserStorage", choices.userStorage(),
            "WorkerQueue", choices.workerQueue(),
            "DistributorQueue", choices.distributorQueue(),
            "ClientChannel", choices.clientChannel(),
            "TickMillis", "500",
            "WorkerQueueGroups", String.valueOf(WRITERS),
            "WriterParallelization", String.valueOf(WRITERS)));
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
