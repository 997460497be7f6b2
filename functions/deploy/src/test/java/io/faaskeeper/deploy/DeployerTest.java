package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deploy.Stacks.Change;
import io.faaskeeper.deployment.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is done to an account, step by step. */
class DeployerTest {
  private static final String STACK = "faaskeeper-a";
  private static final String CODE = "faaskeeper-code-123456789012-eu-north-1";
  private static final String DATA = "faaskeeper-a-123456789012-eu-north-1";
  private static final Map<String, String> WANTED = Map.of("TickMillis", "2000");

  private final FakeCloud account = new FakeCloud();
  private final Names names = new Names("a");
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir Path folder;
  private Path jar = Path.of("none");

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(folder.resolve("functions.jar"), "code");
  }

  @Test
  void newDeploymentIsMadeWithASecretOfItsOwn() {
    deploy(false, false, WANTED);

    assertEquals(List.of("upload", "propose", "execute"), account.done);
    assertEquals("CREATE_COMPLETE", stack().status());
    assertEquals(Map.of(STACK, "secret-1"), account.secret);
    assertEquals("2000", stack().parameter("TickMillis"));
    assertEquals("", stack().parameter("DataBucketName"));
    assertEquals(Set.of(CODE), account.buckets);
    assertTrue(printed().contains("because"), "events are shown");
    assertFalse(printed().contains("secret-1"));
  }

  @Test
  void doneAgainItDoesNothing() {
    deploy(false, false, WANTED);
    account.done.clear();

    deploy(false, false, WANTED);

    assertEquals(List.of("propose", "discard"), account.done);
    assertTrue(printed().endsWith("nothing to do\n"));
  }

  @Test
  void updateKeepsTheSecret() {
    deploy(false, false, WANTED);

    deploy(false, false, Map.of("TickMillis", "1000"));

    assertEquals("1000", stack().parameter("TickMillis"));
    assertEquals(Map.of(STACK, "secret-1"), account.secret);
    assertEquals("UPDATE_COMPLETE", stack().status());
  }

  @Test
  void updateKeepsWhatTheCallDoesNotName() throws IOException {
    String[] first = {
      "--parameter=Subnets=subnet-1,subnet-2",
      "--parameter=SnapStart=on",
      "--parameter=LogLevel=WARN",
      "--set=tick-time=3000",
      "--set=super-digest=super:abc=",
      "--set=worker-queue=dynamodb",
      "--set=user-storage=hybrid"
    };
    deploy(false, false, arguments(first));
    Map<String, String> made = stack().parameters();
    assertEquals("subnet-1,subnet-2", made.get("Subnets"));
    account.done.clear();

    deploy(false, false, arguments());
    assertEquals(List.of("propose", "discard"), account.done, printed());

    Path file = Files.writeString(folder.resolve("c.json"), "{\"worker-queue-groups\": 7}");
    deploy(
        false,
        false,
        arguments("--config=" + file, "--set=tick-time=2000", "--parameter=MemorySize=4096"));

    Map<String, String> expected = new HashMap<>(made);
    expected.put("WorkerQueueGroups", "7");
    expected.put("WriterParallelization", "7");
    expected.put("TickMillis", "2000");
    expected.put("MemorySize", "4096");
    expected.put("Release", stack().parameter("Release"));
    assertEquals(expected, stack().parameters());
    assertNotEquals(made.get("Release"), stack().parameter("Release"));

    deploy(false, false, arguments("--set=super-digest="));
    assertEquals("", stack().parameter("SuperDigest"));
  }

  @Test
  void updateToATemplateWithOtherParametersKeepsThoseThatItHas() {
    String former =
        Deploy.template()
            .replace("\n  AlarmTopic:\n", "\n  Former:\n")
            .replace(
                "\n  LogDays:\n    Type: Number\n    Default: 14\n", "\n  Days:\n    Default: 7\n");
    deployer(false, false)
        .service(former, arguments("--parameter=SnapStart=on"), Release.of(jar), () -> "secret-1");
    assertEquals("7", stack().parameter("Days"));

    deploy(false, false, arguments());

    assertEquals("on", stack().parameter("SnapStart"));
    assertEquals("14", stack().parameter("LogDays"));
    assertEquals("", stack().parameter("AlarmTopic"));
    assertFalse(stack().parameters().containsKey("Former"));
  }

  @Test
  void everyChangeOfCodeOrParametersIsAnotherRelease() throws IOException {
    deploy(false, false, WANTED);
    String first = stack().parameter("Release");
    deploy(false, false, Map.of("TickMillis", "1000"));
    String second = stack().parameter("Release");
    Files.writeString(jar, "new code");
    deployer(false, false).functions(Release.of(jar));

    assertEquals(3, Set.of(first, second, stack().parameter("Release")).size());
    assertEquals("1000", stack().parameter("TickMillis"));
    assertEquals(2, account.objects.size());
  }

  @Test
  void functionsAloneNeedADeployment() {
    DeployException refused =
        assertThrows(
            DeployException.class, () -> deployer(false, false).functions(Release.of(jar)));

    assertTrue(String.valueOf(refused.getMessage()).contains("bin/fk deploy service"));
    assertEquals(List.of(), account.done);
  }

  @Test
  void dryRunOfANewDeploymentChangesNothing() {
    deploy(true, false, WANTED);

    assertEquals(List.of(), account.done);
    assertTrue(account.buckets.isEmpty() && account.stacks.isEmpty());
    assertTrue(printed().contains("would create stack faaskeeper-a"));
    assertTrue(printed().contains("TickMillis = 2000"));
  }

  @Test
  void dryRunOfAnUpdateShowsTheChangesAndForgetsThem() {
    deploy(false, false, WANTED);
    account.done.clear();

    deploy(true, false, Map.of("TickMillis", "1000"));

    assertEquals(List.of("propose", "discard"), account.done);
    assertEquals("2000", stack().parameter("TickMillis"));
    assertTrue(printed().contains("modify F (AWS::Lambda::Function)"));
    assertTrue(printed().contains("  TickMillis = 1000, was 2000\n"), printed());
    assertTrue(printed().contains("  SnapStart = off, kept\n"), printed());
    assertFalse(printed().contains("****"), printed());
  }

  @Test
  void tableIsReplacedOnlyIfThatIsAskedFor() {
    deploy(false, false, WANTED);
    account.done.clear();
    account.nextChanges =
        List.of(new Change("Modify", "NodesTable", "AWS::DynamoDB::Table", "True"));

    assertThrows(DeployException.class, () -> deploy(false, false, WANTED));
    assertEquals(List.of("propose", "discard"), account.done);

    deploy(false, true, WANTED);
    assertEquals(List.of("propose", "discard", "propose", "execute"), account.done);
  }

  @Test
  void failureNamesWhatFailedFirst() {
    account.outcome = "_ROLLBACK_FAILED";

    DeployException failed =
        assertThrows(DeployException.class, () -> deploy(false, false, WANTED));

    assertTrue(String.valueOf(failed.getMessage()).endsWith("F: because"));
  }

  @Test
  void missingJarIsNamed() {
    DeployException failed =
        assertThrows(DeployException.class, () -> Release.of(folder.resolve("none.jar")));

    assertTrue(
        String.valueOf(failed.getMessage()).endsWith("./mvnw package, or name it with --jar"));
  }

  @Test
  void folderForAJarIsRefusedInOneLine() {
    DeployException failed = assertThrows(DeployException.class, () -> Release.of(folder));

    assertEquals(folder + " can't be read: Is a directory", failed.getMessage());
  }

  @Test
  void removalKeepsDataUnlessItIsToGo() {
    deploy(false, false, Map.of("UserStorage", "hybrid"));
    account.objects.add(DATA + "/nodes/1");

    remover(false).remove(false, Optional.empty());
    assertEquals(Map.of(), account.stacks);
    assertEquals(Set.of("faaskeeper-a-nodes"), account.tables);
    assertEquals(Set.of(CODE, DATA), account.buckets);
    assertEquals(Set.of(DATA + "/nodes/1"), account.objects);
    assertTrue(printed().contains("kept table faaskeeper-a-nodes (--delete-data deletes it)"));

    remover(true).remove(true, Optional.empty());
    assertEquals(Set.of("faaskeeper-a-nodes"), account.tables);

    remover(false).remove(true, Optional.empty());
    assertEquals(Set.of(), account.tables);
    assertEquals(Set.of(CODE), account.buckets);
    assertEquals(Set.of(), account.objects);

    remover(false).remove(true, Optional.empty());
    assertTrue(printed().endsWith("s3://" + CODE + "/a/\n"));
  }

  @Test
  void bucketNameHasUpTo63Characters() {
    String longest = "a".repeat(63 - "faaskeeper--123456789012-eu-north-1".length());

    assertTrue(new Names(longest).dataBucket(FakeCloud.ACCOUNT, "eu-north-1").isPresent());
    assertTrue(new Names(longest + "a").dataBucket(FakeCloud.ACCOUNT, "eu-north-1").isEmpty());
  }

  @Test
  void nameThatIsTooLongForABucketIsRefusedOnlyWhereThereIsOne() {
    Names names = new Names("a-name-that-has-32-characters-ab");
    Deployer deployer =
        new Deployer(account.cloud(), names, out(), new Deployer.Options(false, false));
    Release release = Release.of(jar);
    Wanted hybrid = arguments("--set=user-storage=hybrid");

    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> deployer.service(Deploy.template(), hybrid, release, () -> "s"));
    String line = String.valueOf(refused.getMessage());
    assertTrue(
        line.endsWith("shorten --name, or say --set 'aws={\"data-bucket\": \"NAME\"}'"), line);
    assertEquals(List.of(), account.done);

    deployer.service(Deploy.template(), arguments(), release, () -> "s");
    assertThrows(
        ConfigException.class,
        () -> deployer.service(Deploy.template(), hybrid, release, () -> "s"));

    Wanted named =
        arguments("--set=user-storage=hybrid", "--set=aws={\"data-bucket\": \"of-mine\"}");
    deployer.service(Deploy.template(), named, release, () -> "s");
    assertEquals(Set.of(CODE, "of-mine"), account.buckets);
    new Remover(account.cloud(), names, out(), false).remove(true, Optional.empty());
    assertEquals(Set.of(CODE), account.buckets);
  }

  @Test
  void bucketKeepsItsName() {
    deploy(false, false, arguments("--set=user-storage=hybrid", "--parameter=DataBucketName=mine"));
    deploy(false, false, arguments("--set=user-storage=persistent"));
    assertEquals("mine", stack().parameter("DataBucketName"));

    deploy(false, false, arguments("--set=user-storage=key-value"));
    deploy(false, false, arguments("--set=aws={\"data-bucket\": \"other\"}"));
    assertTrue(printed().contains("has no bucket: what data-bucket names is not used\n"));
    deploy(false, false, arguments("--set=user-storage=hybrid"));
    assertEquals("mine", stack().parameter("DataBucketName"));
  }

  @Test
  void bucketThatIsGivenLaterIsNamedByTheDeployment() {
    deploy(false, false, arguments());
    deploy(false, false, arguments("--set=user-storage=hybrid"));
    assertEquals(DATA, stack().parameter("DataBucketName"));
  }

  @Test
  void removalFindsABucketOfAnotherName() {
    deploy(
        false,
        false,
        arguments("--set=user-storage=hybrid", "--set=aws={\"data-bucket\": \"mine\"}"));
    account.buckets.add("others");

    remover(false).remove(false, Optional.of("others"));
    assertTrue(
        printed()
            .contains(
                "kept bucket mine (--delete-data --set user-storage=persistent"
                    + " --set 'aws={\"data-bucket\": \"mine\"}' deletes it)\n"),
        printed());
    remover(false).remove(true, Optional.empty());
    assertEquals(Set.of(CODE, "mine", "others"), account.buckets);

    remover(false).remove(true, Optional.of("mine"));
    assertEquals(Set.of(CODE, "others"), account.buckets);
  }

  @Test
  void statusTellsWhetherAllIsWell() {
    assertFalse(status());
    deploy(false, false, WANTED);
    assertTrue(status());
    assertTrue(printed().contains("function faaskeeper-a-writer: Active, 24.0 MB"));
    assertTrue(printed().contains("from arn:queue: Enabled"));
    account.outcome = "_ROLLBACK_FAILED";
    assertThrows(DeployException.class, () -> deploy(false, false, Map.of("TickMillis", "1000")));
    assertFalse(status());
  }

  private boolean status() {
    return new StatusReport(account.cloud(), names, out()).print();
  }

  private Remover remover(boolean dryRun) {
    return new Remover(account.cloud(), names, out(), dryRun);
  }

  private void deploy(boolean dryRun, boolean replaceData, Map<String, String> wanted) {
    deploy(dryRun, replaceData, new Wanted(wanted, wanted.keySet()));
  }

  private void deploy(boolean dryRun, boolean replaceData, Wanted wanted) {
    deployer(dryRun, replaceData)
        .service(
            Deploy.template(),
            wanted,
            Release.of(jar),
            () -> "secret-" + (account.secret.size() + 1));
  }

  /** What these arguments of {@code fk deploy service} say. */
  private static Wanted arguments(String... arguments) {
    Deploy deploy = new Deploy();
    CommandLine line = Program.commandLine(deploy);
    line.parseArgs(
        Stream.concat(Stream.of("service", "--name=a", "--region=eu-north-1"), Stream.of(arguments))
            .toArray(String[]::new));
    return deploy.wanted(deploy.given());
  }

  private Deployer deployer(boolean dryRun, boolean replaceData) {
    return new Deployer(account.cloud(), names, out(), new Deployer.Options(dryRun, replaceData));
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private StackState stack() {
    return Objects.requireNonNull(account.stacks.get(STACK));
  }
}
