package io.faaskeeper.deploy;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // The template is untyped YAML: what is missing fails the test.
class TemplateTest {
  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("faaskeeper");

  private final Template template;

  TemplateTest() throws IOException {
    template = new Template();
  }

  @Test
  void tablesAreThoseOfTheService() {
    Map<String, Map<String, Object>> byName = new LinkedHashMap<>();
    template
        .ofType("AWS::DynamoDB::Table")
        .values()
        .forEach(table -> byName.put(template.text(table.get("TableName")), table));

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
    Set<String> names = new HashSet<>();
    template
        .ofType("AWS::SQS::Queue")
        .values()
        .forEach(
            queue -> {
              names.add(template.text(queue.get("QueueName")));
              assertEquals(true, queue.get("FifoQueue"));
            });

    assertEquals(
        Set.of(NAMES.workerQueue(), NAMES.workerDeadLetterQueue(), NAMES.distributorQueue()),
        names);
    assertEquals(
        QueueCreation.MAX_DELIVERIES,
        Template.map(template.properties("WorkerQueue"), "RedrivePolicy").get("maxReceiveCount"));
  }

  @Test
  void functionsHaveTheirNamesAndHandlersAndReadTheirConfiguration() throws Exception {
    Set<String> names = new HashSet<>();
    for (Map<String, Object> function : template.ofType("AWS::Lambda::Function").values()) {
      names.add(template.text(function.get("FunctionName")));
      Class.forName((String) function.get("Handler"), false, getClass().getClassLoader());
      Object json = Template.map(function, "Environment", "Variables").get("FAASKEEPER_DEPLOYMENT");
      DeploymentConfig config = DeploymentConfig.parse(template.text(json));
      assertEquals("faaskeeper", config.name());
      assertEquals("eu-north-1", config.region());
    }

    assertEquals(
        Set.of(
            NAMES.function("writer"),
            NAMES.function("distributor"),
            NAMES.function("watch"),
            NAMES.function("heartbeat")),
        names);
  }

  @Test
  void messageThatIsWorkedOnDoesNotComeAgain() {
    for (String stage : List.of("Writer", "Distributor")) {
      String queue = stage.equals("Writer") ? "WorkerQueue" : "DistributorWakeQueue";
      int visibility = (int) template.properties(queue).get("VisibilityTimeout");
      int timeout = (int) template.properties(stage + "Function").get("Timeout");
      assertTrue(visibility >= 6 * timeout, stage);
    }
  }

  @Test
  void queuesAreReadAsTheHandlersExpect() {
    for (Map<String, Object> source : template.ofType("AWS::Lambda::EventSourceMapping").values()) {
      assertEquals(10, source.get("BatchSize"));
      assertEquals(List.of("ReportBatchItemFailures"), source.get("FunctionResponseTypes"));
    }
  }

  @Test
  void whatIsReferredToIsThere() {
    Set<String> known = new HashSet<>(template.section("Resources").keySet());
    known.addAll(template.section("Parameters").keySet());
    for (Object name : template.arguments("Ref")) {
      assertTrue(known.contains(name), () -> "!Ref " + name);
    }
    for (Object attribute : template.arguments("GetAtt")) {
      String name = ((String) attribute).split("\\.", 2)[0];
      assertTrue(known.contains(name), () -> "!GetAtt " + attribute);
    }
  }

  @Test
  void nobodyMayDoAnything() {
    template.ofType("AWS::IAM::Role").values().forEach(TemplateTest::assertNoWildcard);
    template.ofType("AWS::IAM::ManagedPolicy").values().forEach(TemplateTest::assertNoWildcard);
  }

  private static void assertNoWildcard(Map<String, Object> policies) {
    assertFalse(policies.toString().contains("*"), policies::toString);
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
