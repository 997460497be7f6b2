package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deploy.Stacks.Change;
import io.faaskeeper.deploy.Stacks.Changes;
import io.faaskeeper.deploy.Stacks.Proposal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The SDK's clients against answers in the form of AWS's. */
class AwsCloudTest {
  private final AwsStub aws;
  private final AwsCloud clients;
  private final Cloud cloud;
  @TempDir Path folder;

  AwsCloudTest() throws IOException {
    aws = new AwsStub();
    clients = aws.cloud();
    cloud = clients.open();
  }

  @AfterEach
  void close() {
    clients.close();
    aws.close();
  }

  @Test
  void stackIsFoundWithParametersAndOutputs() {
    aws.on("DescribeStacks", 200, stacks("UPDATE_COMPLETE"));

    StackState stack = cloud.stacks().find("faaskeeper-a").orElseThrow();

    assertEquals("UPDATE_COMPLETE", stack.status());
    assertEquals(Map.of("TickMillis", "2000"), stack.parameters());
    assertEquals(Map.of("ClientPolicyArn", "arn:policy"), stack.outputs());
  }

  @Test
  void stackThatIsNotThereIsNone() {
    aws.fails("DescribeStacks", 400, "ValidationError", "Stack with id a does not exist");

    assertEquals(Optional.empty(), cloud.stacks().find("a"));
  }

  @Test
  void changesAreWaitedForAndReadPageByPage() {
    aws.on("CreateChangeSet", 200, result("CreateChangeSet", "<Id>arn:set</Id>"))
        .on("DescribeChangeSet", 200, changeSet("CREATE_IN_PROGRESS", "", ""))
        .on(
            "DescribeChangeSet",
            200,
            changeSet(
                "CREATE_COMPLETE", "", change("NodesTable", "True") + "<NextToken>n</NextToken>"))
        .on("DescribeChangeSet", 200, changeSet("CREATE_COMPLETE", "", change("LogTable", "")));

    Changes changes = cloud.stacks().propose(proposal(true));

    assertEquals(
        List.of(
            new Change("Modify", "NodesTable", "AWS::DynamoDB::Table", "True"),
            new Change("Modify", "LogTable", "AWS::DynamoDB::Table", "")),
        changes.changes());
    assertEquals(1, aws.pauses());
    String call = aws.calls().get(0);
    assertTrue(call.contains("ChangeSetType=CREATE"), call);
    assertTrue(call.contains("ImportExistingResources=true"), call);
    assertTrue(call.contains("TemplateBody=template"), call);
    assertTrue(call.contains("CAPABILITY_NAMED_IAM"), call);
    assertTrue(call.contains("UsePreviousValue=true"), call);
    assertTrue(call.contains("ParameterValue=1000"), call);
  }

  @Test
  void changeSetWithoutChangesIsNone() {
    aws.on("CreateChangeSet", 200, result("CreateChangeSet", "<Id>arn:set</Id>"))
        .on(
            "DescribeChangeSet",
            200,
            changeSet("FAILED", "The submitted information didn't contain changes.", ""));

    assertEquals(List.of(), cloud.stacks().propose(proposal(false)).changes());
  }

  @Test
  void changeSetThatCanNotBeMadeIsForgottenAndSaysWhy() {
    aws.on("CreateChangeSet", 200, result("CreateChangeSet", "<Id>arn:set</Id>"))
        .on("DescribeChangeSet", 200, changeSet("FAILED", "no such subnet", ""))
        .on("DeleteChangeSet", 200, result("DeleteChangeSet", ""));

    String line = failure(() -> cloud.stacks().propose(proposal(false)));

    assertEquals("CloudFormation refuses the change: no such subnet", line);
    assertTrue(aws.calls().get(2).startsWith("DeleteChangeSet "));
  }

  @Test
  void bucketIsMadePrivateInItsRegion() {
    aws.on("PUT /code", 200, "");

    cloud.data().createBucket("code");

    assertEquals(List.of("PUT /code", "PUT /code"), aws.calls());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    aws.on("HEAD /code", 404, "")
        .on("HEAD /code/a/functions.jar", 404, "")
        .on(
            "DescribeTable",
            400,
            "{\"__type\": \"com.amazonaws.dynamodb#ResourceNotFoundException\"}")
        .on("GET /2015-03-31/functions/writer", 404, "{\"Type\": \"User\", \"Message\": \"none\"}");

    assertFalse(cloud.data().hasBucket("code"));
    assertFalse(cloud.data().hasObject("code", "a/functions.jar"));
    assertFalse(cloud.data().hasTable("t"));
  }

  @Test
  void fileIsUploaded() throws IOException {
    aws.on("PUT /code/a/functions.jar", 200, "");

    cloud
        .data()
        .upload("code", "a/functions.jar", Files.writeString(folder.resolve("jar"), "content"));

    assertEquals(List.of("PUT /code/a/functions.jar"), aws.calls());
  }

  @Test
  void allObjectsAreDeletedPageByPage() {
    aws.on("GET /data", 200, objects("nodes/1", "nodes/2"))
        .on("GET /data", 200, objects("nodes/3"))
        .on("GET /data", 200, objects())
        .on("POST /data", 200, "<DeleteResult/>");

    assertEquals(3, cloud.data().deleteObjects("data", ""));
  }

  @Test
  void deploymentIsUpdatedWithItsEventsShown() throws IOException {
    Release release = Release.of(Files.writeString(folder.resolve("jar"), "content"));
    aws.on("DescribeStacks", 200, stacks("UPDATE_COMPLETE"))
        .on("DescribeStacks", 200, stacks("UPDATE_IN_PROGRESS"))
        .on("DescribeStacks", 200, stacks("UPDATE_COMPLETE"))
        .on("GetCallerIdentity", 200, result("GetCallerIdentity", "<Account>1</Account>"))
        .on("HEAD /faaskeeper-code-1-eu-north-1", 200, "")
        .on("HEAD /faaskeeper-code-1-eu-north-1/" + release.key("a"), 404, "")
        .on("PUT /faaskeeper-code-1-eu-north-1/" + release.key("a"), 200, "")
        .on("CreateChangeSet", 200, result("CreateChangeSet", "<Id>arn:set</Id>"))
        .on("DescribeChangeSet", 200, changeSet("CREATE_COMPLETE", "", change("LogTable", "False")))
        .on("DescribeStackEvents", 200, events("1 CREATE_COMPLETE"))
        .on("ExecuteChangeSet", 200, result("ExecuteChangeSet", ""))
        .on("DescribeStackEvents", 200, events("2 UPDATE_IN_PROGRESS", "1 CREATE_COMPLETE"))
        .on(
            "DescribeStackEvents",
            200,
            events("3 UPDATE_COMPLETE", "2 UPDATE_IN_PROGRESS", "1 CREATE_COMPLETE"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    new Deployer(cloud, new Names("a"), out, new Deployer.Options(false, false))
        .service(
            Deploy.template(),
            new Wanted(Map.of("LogDays", "7"), Set.of("LogDays")),
            release,
            () -> "a new secret");

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.get(0).startsWith("upload "), lines::toString);
    assertEquals("  modify LogTable (AWS::DynamoDB::Table)", lines.get(1));
    assertTrue(lines.get(2).startsWith("  update in progress "), lines::toString);
    assertTrue(lines.get(3).startsWith("  update complete "), lines::toString);
    assertEquals("faaskeeper-a is deployed in eu-north-1", lines.get(4));
    assertFalse(aws.calls().toString().contains("a new secret"));
    String proposed =
        aws.calls().stream()
            .filter(c -> c.startsWith("CreateChangeSet "))
            .findFirst()
            .orElseThrow();
    assertTrue(proposed.contains("ParameterKey=LogDays&"), proposed);
    assertTrue(
        Pattern.compile(
                "Parameters\\.member\\.(\\d+)\\.ParameterKey=TickMillis"
                    + "&Parameters\\.member\\.\\1\\.UsePreviousValue=true")
            .matcher(proposed)
            .find(),
        proposed);
  }

  private static String events(String... events) {
    StringBuilder list = new StringBuilder("<StackEvents>");
    for (String event : events) {
      list.append("<member><EventId>")
          .append(event)
          .append("</EventId><LogicalResourceId>LogTable</LogicalResourceId><ResourceStatus>")
          .append(event.substring(2))
          .append("</ResourceStatus></member>");
    }
    return result("DescribeStackEvents", list.append("</StackEvents>").toString());
  }

  @Test
  void missingPermissionIsNamed() {
    aws.fails(
        "DescribeStacks",
        403,
        "AccessDenied",
        "User: arn:aws:iam::1:user/me is not authorized to perform: cloudformation:DescribeStacks");

    String line = failure(() -> cloud.stacks().find("a"));

    assertTrue(line.startsWith("not allowed: User: arn:aws:iam::1:user/me is not"), line);
    assertTrue(line.contains("cloudformation:DescribeStacks"), line);
  }

  @Test
  void expiredCredentialsAreToBeRenewed() {
    aws.fails("GetCallerIdentity", 403, "ExpiredToken", "The security token has expired");

    String line = failure(() -> cloud.account().get());

    assertTrue(line.startsWith("AWS does not accept the credentials (ExpiredToken)"), line);
  }

  @Test
  void missingCredentialsAreAskedFor() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
    try (AwsCloud without = new AwsCloud("eu-north-1", none, null, () -> {})) {
      String line = failure(() -> without.open().stacks().find("a"));

      assertTrue(line.startsWith("no AWS credentials: set AWS_PROFILE, or"), line);
    }
  }

  @Test
  void serviceThatIsNotThereIsNamed() {
    AwsCloud nowhere = aws.cloud();
    aws.close();

    String line = failure(() -> nowhere.open().stacks().find("a"));

    assertTrue(line.startsWith("AWS can't be reached: check the network"), line);
    nowhere.close();
  }

  private static String failure(Executable call) {
    return String.valueOf(assertThrows(DeployException.class, call).getMessage());
  }

  private static Proposal proposal(boolean isNew) {
    return new Proposal(
        "faaskeeper-a",
        isNew,
        "template",
        Map.of("TickMillis", "1000"),
        Set.of("DeploymentSecret"));
  }

  static String result(String action, String content) {
    return "<%sResponse><%sResult>%s</%sResult></%sResponse>"
        .formatted(action, action, content, action, action);
  }

  private static String stacks(String status) {
    return result(
        "DescribeStacks",
        """
        <Stacks><member><StackId>arn:stack</StackId><StackName>faaskeeper-a</StackName>
        <CreationTime>2026-11-24T10:00:00Z</CreationTime><StackStatus>%s</StackStatus>
        <Parameters><member><ParameterKey>TickMillis</ParameterKey>
        <ParameterValue>2000</ParameterValue></member></Parameters>
        <Outputs><member><OutputKey>ClientPolicyArn</OutputKey>
        <OutputValue>arn:policy</OutputValue></member></Outputs></member></Stacks>"""
            .formatted(status));
  }

  private static String changeSet(String status, String reason, String changes) {
    return result(
        "DescribeChangeSet",
        "<Status>%s</Status><StatusReason>%s</StatusReason>%s".formatted(status, reason, changes));
  }

  private static String change(String resource, String replacement) {
    String replaced = replacement.isEmpty() ? "" : "<Replacement>" + replacement + "</Replacement>";
    return """
        <Changes><member><Type>Resource</Type><ResourceChange><Action>Modify</Action>
        <LogicalResourceId>%s</LogicalResourceId><ResourceType>AWS::DynamoDB::Table</ResourceType>
        %s</ResourceChange></member></Changes>"""
        .formatted(resource, replaced);
  }

  private static String objects(String... keys) {
    StringBuilder list = new StringBuilder("<ListBucketResult>");
    for (String key : keys) {
      list.append("<Contents><Key>").append(key).append("</Key></Contents>");
    }
    return list.append("</ListBucketResult>").toString();
  }
}
