package io.faaskeeper.deploy.template;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("faaskeeper");

  /** What CloudFormation lets resources and outputs use. */
  private static final Set<String> IN_RESOURCES = Set.of("Ref", "GetAtt", "Sub", "If", "Join");

  /** What CloudFormation takes as a template that does not lie in a bucket. */
  private static final int MAX_TEMPLATE_BYTES = 51_200;

  private final Template template;

  TemplateTest() throws IOException {
    template = new Template();
  }

  /** Every choice of storage, queues and channel, with all options on and with none. */
  static Stream<Map<String, String>> configurations() {
    List<Map<String, String>> all = new ArrayList<>();
    for (String storage : List.of("key-value", "persistent", "hybrid")) {
      for (String worker : List.of("sqs", "dynamodb")) {
        for (String distributor : List.of("inline", "sqs", "dynamodb")) {
          for (String channel : List.of("tcp", "sqs")) {
            for (boolean options : new boolean[] {false, true}) {
              Map<String, String> parameters = new HashMap<>();
              parameters.put("UserStorage", storage);
              parameters.put("WorkerQueue", worker);
              parameters.put("DistributorQueue", distributor);
              parameters.put("ClientChannel", channel);
              parameters.put("Alarms", options ? "on" : "off");
              if (options) {
                parameters.put("DataBucketName", "data-of-faaskeeper");
                parameters.put("Subnets", "subnet-1,subnet-2");
                parameters.put("SecurityGroups", "sg-1");
                parameters.put("SnapStart", "on");
                parameters.put("TableEncryption", "managed");
                parameters.put("PointInTimeRecovery", "on");
                parameters.put("AlarmTopic", "arn:aws:sns:eu-north-1:000000000000:alarms");
              }
              all.add(parameters);
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationIsWholeAndKnowsNoCircle(Map<String, String> parameters) {
    Stack stack = template.stack(parameters);

    stack.resources().keySet().forEach(name -> assertReaches(stack, name));
  }

  private static void assertReaches(Stack stack, String start) {
    Deque<String> next = new ArrayDeque<>(stack.references().get(start));
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      String name = next.pop();
      assertTrue(!name.equals(start), () -> start + " needs itself, by " + seen);
      if (seen.add(name)) {
        next.addAll(stack.references().get(name));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eu-north-1, aws, on, PublishedVersions",
    "eu-north-1, aws, off, None",
    "ap-southeast-6, aws, on, None",
    "ap-east-2, aws, on, None",
    "us-gov-west-1, aws-us-gov, on, None"
  })
  void snapshotsAreUsedWhereTheyAreKnown(
      String region, String partition, String wanted, String applied) {
    Stack stack =
        template.stack(
            Map.of(
                "AWS::Region", region,
                "AWS::Partition", partition,
                "SnapStart", wanted,
                "DistributorQueue", "sqs"));

    Map<String, Map<String, Object>> functions = stack.ofType("AWS::Lambda::Function");
    for (String function : List.of("WriterFunction", "DistributorFunction")) {
      assertEquals(applied, Template.map(functions.get(function), "SnapStart").get("ApplyOn"));
    }
    assertFalse(functions.get("WatchFunction").containsKey("SnapStart"));
    assertFalse(functions.get("HeartbeatFunction").containsKey("SnapStart"));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void nobodyMayDoAnything(Map<String, String> parameters) {
    Stack stack = template.stack(parameters);

    for (Map<String, Object> statement : Grants.statements(stack)) {
      List<String> actions = Grants.texts(statement.get("Action"));
      actions.forEach(action -> assertTrue(!action.contains("*"), statement::toString));
      if (!Grants.NETWORK.containsAll(actions)) {
        for (String resource : Grants.texts(statement.get("Resource"))) {
          assertTrue(
              resource.matches("arn:aws:[^*]*(channel-\\*|nodes/\\*|log-group:[^*]*:\\*)?"),
              statement::toString);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void lambdaMayReadWhatItFeedsFunctionsFrom(Map<String, String> parameters) {
    Stack stack = template.stack(parameters);
    Set<Grant> granted = Grants.of(stack);

    Grants.ofLambda(stack).forEach(grant -> assertTrue(granted.contains(grant), grant::toString));
    granted.stream()
        .filter(grant -> grant.action().matches("logs:.*|.*Stream|.*Shard.*|.*Records"))
        .forEach(grant -> assertTrue(Grants.ofLambda(stack).contains(grant), grant::toString));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void tablesAreThoseOfTheService(Map<String, String> parameters) {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    template
        .stack(parameters)
        .ofType("AWS::DynamoDB::Table")
        .values()
        .forEach(table -> byName.put((String) table.get("TableName"), table));
    if (parameters.get("WorkerQueue").equals("dynamodb")) {
      assertNotNull(byName.remove("faaskeeper-faaskeeper-worker"));
    }

    assertEquals(Tables.ALL.stream().map(NAMES::table).collect(toSet()), byName.keySet());
    for (TableSchema schema : Tables.ALL) {
      Map<String, Object> table = byName.get(NAMES.table(schema));
      assertEquals(keys(schema), keys(table), schema.role());
      assertEquals(types(schema), types(table), schema.role());
      assertEquals("PAY_PER_REQUEST", table.get("BillingMode"));
      assertEquals(
          schema.expires() ? Map.of("AttributeName", TableSchema.EXPIRY, "Enabled", true) : null,
          table.get("TimeToLiveSpecification"),
          schema.role());
    }
  }

  @Test
  void queuesAreThoseOfTheService() {
    Stack stack = template.stack(Map.of("DistributorQueue", "sqs"));
    Set<String> names = new HashSet<>();
    for (Map<String, Object> queue : stack.ofType("AWS::SQS::Queue").values()) {
      names.add((String) queue.get("QueueName"));
      assertEquals(true, queue.get("FifoQueue"));
      assertEquals(true, queue.get("SqsManagedSseEnabled"));
    }

    assertEquals(
        Set.of(NAMES.workerQueue(), NAMES.workerDeadLetterQueue(), NAMES.distributorQueue()),
        names);
    assertEquals(
        QueueCreation.MAX_DELIVERIES,
        Template.map(stack.ofType("AWS::SQS::Queue").get("WorkerFifo"), "RedrivePolicy")
            .get("maxReceiveCount"));
  }

  @Test
  void functionsHaveTheirNamesAndHandlersAndReadTheirConfiguration() throws Exception {
    Set<String> names = new HashSet<>();
    Set<DeploymentConfig> configurations = new HashSet<>();
    Stack stack = template.stack(Map.of("DistributorQueue", "sqs", "HeartbeatMinutes", "2"));
    for (Map<String, Object> function : stack.ofType("AWS::Lambda::Function").values()) {
      names.add((String) function.get("FunctionName"));
      Class.forName((String) function.get("Handler"), false, getClass().getClassLoader());
      Object json = Template.map(function, "Environment", "Variables").get("FAASKEEPER_DEPLOYMENT");
      configurations.add(DeploymentConfig.parse((String) json));
    }

    assertEquals(
        Set.of(
            NAMES.function("writer"),
            NAMES.function("distributor"),
            NAMES.function("watch"),
            NAMES.function("heartbeat")),
        names);
    DeploymentConfig expected =
        DeploymentConfig.parse(
            """
            {"deployment-region": "eu-north-1", "distributor-queue": "sqs",
             "heartbeat-frequency": 2}""");
    assertEquals(Set.of(expected), configurations);
  }

  @Test
  void messageThatIsWorkedOnDoesNotComeAgain() {
    Stack stack = template.stack(Map.of("DistributorQueue", "sqs"));
    for (String stage : List.of("Writer", "Distributor")) {
      String queue = stage.equals("Writer") ? "WorkerFifo" : "DistributorFifo";
      int visibility = (int) stack.ofType("AWS::SQS::Queue").get(queue).get("VisibilityTimeout");
      int timeout =
          (int) stack.ofType("AWS::Lambda::Function").get(stage + "Function").get("Timeout");
      assertTrue(visibility >= 6 * timeout, stage);
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void whatFailsInABatchComesAgainAlone(Map<String, String> parameters) {
    for (Map<String, Object> source :
        template.stack(parameters).ofType("AWS::Lambda::EventSourceMapping").values()) {
      assertEquals(List.of("ReportBatchItemFailures"), source.get("FunctionResponseTypes"));
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void whatIsStoredStaysWhenTheStackGoes(Map<String, String> parameters) {
    template
        .stack(parameters)
        .resources()
        .forEach(
            (name, resource) -> {
              boolean data = resource.type().matches("AWS::(DynamoDB::Table|S3::Bucket)");
              Map<String, Object> definition = Template.map(template.section("Resources"), name);
              assertEquals(data ? "Retain" : null, definition.get("DeletionPolicy"), name);
              assertEquals(data ? "Retain" : null, definition.get("UpdateReplacePolicy"), name);
            });
  }

  @Test
  void resourcesUseOnlyWhatCloudFormationLetsThem() {
    for (String section : List.of("Resources", "Outputs")) {
      Set<String> used = Template.functions(template.section(section));
      assertTrue(IN_RESOURCES.containsAll(used), used::toString);
    }
  }

  @Test
  void everyParameterAndConditionIsUsed() {
    String text = template.text();
    for (String name : template.section("Parameters").keySet()) {
      assertTrue(text.contains("!Ref " + name) || text.contains("${" + name + "}"), name);
    }
    for (String name : template.section("Conditions").keySet()) {
      assertTrue(text.split("\\b" + name + "\\b", -1).length > 2, name);
    }
  }

  @Test
  void cloudFormationTakesIt() {
    assertTrue(template.text().getBytes(StandardCharsets.UTF_8).length <= MAX_TEMPLATE_BYTES);
  }

  private static List<String> keys(TableSchema schema) {
    return schema.sort() == null
        ? List.of(schema.partition().name())
        : List.of(schema.partition().name(), schema.sort().name());
  }

  private static List<String> keys(Map<String, Object> table) {
    return ((List<?>) table.get("KeySchema"))
        .stream().map(key -> (String) Template.map(key).get("AttributeName")).toList();
  }

  private static Map<String, String> types(TableSchema schema) {
    Map<String, String> types = new LinkedHashMap<>();
    types.put(schema.partition().name(), schema.partition().type().toString());
    if (schema.sort() != null) {
      types.put(schema.sort().name(), schema.sort().type().toString());
    }
    return types;
  }

  private static Map<String, String> types(Map<String, Object> table) {
    Map<String, String> types = new LinkedHashMap<>();
    ((List<?>) table.get("AttributeDefinitions"))
        .forEach(
            definition -> {
              Map<String, Object> attribute = Template.map(definition);
              types.put(
                  (String) attribute.get("AttributeName"), (String) attribute.get("AttributeType"));
            });
    return types;
  }
}
