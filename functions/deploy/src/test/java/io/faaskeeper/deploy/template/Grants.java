package io.faaskeeper.deploy.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a stack's policies grant to functions and clients, and what of that Lambda itself uses. */
final class Grants {
  private static final String ROLE_ARN = "arn:aws:iam::" + Stack.ACCOUNT + ":role/";

  /** In a VPC; these know no resources. */
  static final Set<String> NETWORK =
      Set.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  private Grants() {}

  /** Everything that is granted, but for {@link #NETWORK}. */
  static Set<Grant> of(Stack stack) {
    Set<Grant> grants = new LinkedHashSet<>();
    stack
        .ofType("AWS::Lambda::Function")
        .values()
        .forEach(function -> grants.addAll(ofRole(stack, function)));
    stack
        .ofType("AWS::IAM::ManagedPolicy")
        .values()
        .forEach(policy -> grants.addAll(of(Call.CLIENT, policy.get("PolicyDocument"))));
    return grants;
  }

  private static Set<Grant> ofRole(Stack stack, Map<String, Object> function) {
    String arn = (String) function.get("Role");
    Map<String, Object> role =
        stack.ofType("AWS::IAM::Role").entrySet().stream()
            .filter(each -> (ROLE_ARN + each.getKey()).equalsIgnoreCase(arn))
            .findFirst()
            .orElseThrow()
            .getValue();
    Set<Grant> grants = new LinkedHashSet<>();
    ((List<?>) role.get("Policies"))
        .forEach(
            policy ->
                grants.addAll(
                    of(
                        (String) function.get("FunctionName"),
                        Template.map(policy).get("PolicyDocument"))));
    return grants;
  }

  private static Set<Grant> of(String principal, Object document) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (Map<String, Object> statement : Stack.statements(document)) {
      if (!NETWORK.containsAll(texts(statement.get("Action")))) {
        for (String action : texts(statement.get("Action"))) {
          for (String resource : texts(statement.get("Resource"))) {
            grants.add(grant(principal, action, resource, statement.get("Condition")));
          }
        }
      }
    }
    return grants;
  }

  private static Grant grant(String principal, String action, String resource, Object condition) {
    if (condition == null) {
      return new Grant(principal, action, resource, Set.of(), "");
    }
    Map<String, Object> equals = Template.map(condition, "ForAllValues:StringEquals");
    List<String> leading =
        equals.containsKey("dynamodb:LeadingKeys")
            ? texts(equals.get("dynamodb:LeadingKeys"))
            : List.of("");
    return new Grant(
        principal,
        action,
        resource,
        new TreeSet<>(texts(equals.get("dynamodb:Attributes"))),
        leading.get(0));
  }

  static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(value.toString());
  }

  /** What Lambda does in the name of a function: reads its event source, writes its log. */
  static Set<Grant> ofLambda(Stack stack) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (Map<String, Object> function : stack.ofType("AWS::Lambda::Function").values()) {
      String name = (String) function.get("FunctionName");
      String log =
          "arn:aws:logs:%s:%s:log-group:/aws/lambda/%s:*"
              .formatted(Stack.REGION, Stack.ACCOUNT, name);
      add(grants, name, log, "logs:CreateLogStream", "logs:PutLogEvents");
    }
    for (Map<String, Object> source : stack.ofType("AWS::Lambda::EventSourceMapping").values()) {
      String alias = (String) source.get("FunctionName");
      String function = Stack.function(alias);
      String arn = (String) source.get("EventSourceArn");
      if (arn.startsWith("arn:aws:sqs:")) {
        add(
            grants,
            function,
            arn,
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes");
      } else {
        add(
            grants,
            function,
            arn,
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams");
      }
      if (source.containsKey("DestinationConfig")) {
        Map<String, Object> failure = Template.map(source, "DestinationConfig", "OnFailure");
        add(grants, function, (String) failure.get("Destination"), "sqs:SendMessage");
      }
    }
    return grants;
  }

  private static void add(
      Collection<Grant> grants, String function, String resource, String... actions) {
    Stream.of(actions)
        .forEach(action -> grants.add(new Grant(function, action, resource, Set.of(), "")));
  }

  /** All statements of all policies. */
  static List<Map<String, Object>> statements(Stack stack) {
    List<Map<String, Object>> statements = new ArrayList<>();
    for (Map<String, Object> role : stack.ofType("AWS::IAM::Role").values()) {
      ((List<?>) role.get("Policies"))
          .forEach(
              policy ->
                  statements.addAll(Stack.statements(Template.map(policy).get("PolicyDocument"))));
    }
    stack
        .ofType("AWS::IAM::ManagedPolicy")
        .values()
        .forEach(policy -> statements.addAll(Stack.statements(policy.get("PolicyDocument"))));
    return statements;
  }
}
