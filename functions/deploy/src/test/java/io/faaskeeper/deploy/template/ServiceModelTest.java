package io.faaskeeper.deploy.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PutFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Whether the services know the properties that the template sets: CloudFormation names them as the
 * services' own requests do, which the SDK describes.
 */
class ServiceModelTest {
  private static final Map<String, List<SdkPojo>> REQUESTS =
      Map.of(
          "AWS::DynamoDB::Table", List.of(CreateTableRequest.builder().build()),
          "AWS::Lambda::Function", List.of(CreateFunctionRequest.builder().build()),
          "AWS::Lambda::Version", List.of(PublishVersionRequest.builder().build()),
          "AWS::Lambda::Alias", List.of(CreateAliasRequest.builder().build()),
          "AWS::Lambda::Permission", List.of(AddPermissionRequest.builder().build()),
          "AWS::Lambda::EventSourceMapping",
              List.of(CreateEventSourceMappingRequest.builder().build()),
          "AWS::Lambda::EventInvokeConfig",
              List.of(PutFunctionEventInvokeConfigRequest.builder().build()),
          "AWS::Events::Rule",
              List.of(PutRuleRequest.builder().build(), PutTargetsRequest.builder().build()),
          "AWS::CloudWatch::Alarm", List.of(PutMetricAlarmRequest.builder().build()));

  /** What CloudFormation names otherwise, or sets by another request. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "AWS::DynamoDB::Table TimeToLiveSpecification",
          "AWS::DynamoDB::Table PointInTimeRecoverySpecification",
          "AWS::DynamoDB::Table SSESpecification SSEEnabled");

  private static final Set<String> QUEUE_ATTRIBUTES =
      QueueAttributeName.knownValues().stream()
          .map(QueueAttributeName::toString)
          .collect(Collectors.toSet());

  private final Template template;

  ServiceModelTest() throws IOException {
    template = new Template();
  }

  @ParameterizedTest
  @MethodSource("io.faaskeeper.deploy.template.TemplateTest#configurations")
  void servicesKnowAllProperties(Map<String, String> parameters) {
    List<String> unknown = new ArrayList<>();
    for (Stack.Resource resource : template.stack(parameters).resources().values()) {
      List<SdkPojo> requests = REQUESTS.get(resource.type());
      if (requests != null) {
        check(resource.type(), requests, resource.properties(), unknown);
      } else if (resource.type().equals("AWS::SQS::Queue")) {
        resource.properties().keySet().stream()
            .filter(name -> !name.equals("QueueName") && !QUEUE_ATTRIBUTES.contains(name))
            .forEach(unknown::add);
      }
    }

    assertEquals(List.of(), unknown);
  }

  @ParameterizedTest
  @MethodSource("io.faaskeeper.deploy.template.TemplateTest#configurations")
  void lambdaKnowsTheValues(Map<String, String> parameters) {
    for (Map<String, Object> function :
        template.stack(parameters).ofType("AWS::Lambda::Function").values()) {
      assertEquals(Runtime.JAVA17, Runtime.fromValue((String) function.get("Runtime")));
      if (function.containsKey("SnapStart")) {
        String applyOn = (String) Template.map(function, "SnapStart").get("ApplyOn");
        assertEquals(applyOn, SnapStartApplyOn.fromValue(applyOn).toString());
      }
    }
  }

  private static void check(
      String at, List<SdkPojo> models, Map<String, Object> properties, List<String> unknown) {
    Map<String, SdkField<?>> fields =
        models.stream()
            .flatMap(model -> model.sdkFields().stream())
            .collect(Collectors.toMap(SdkField::memberName, Function.identity(), (a, b) -> a));
    properties.forEach(
        (name, value) -> {
          String path = at + " " + name;
          SdkField<?> field = fields.get(name);
          if (field == null) {
            if (!OTHERWISE.contains(path)) {
              unknown.add(path);
            }
          } else {
            check(path, field, value, unknown);
          }
        });
  }

  private static void check(String at, SdkField<?> field, Object value, List<String> unknown) {
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      SdkPojo model = field.constructor().get();
      check(at, List.of(model), Template.map(value), unknown);
    } else if (field.marshallingType() == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      ((List<?>) value).forEach(each -> check(at, member, each, unknown));
    }
  }
}
