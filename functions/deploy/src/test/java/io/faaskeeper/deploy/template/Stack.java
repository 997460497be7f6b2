package io.faaskeeper.deploy.template;

import io.faaskeeper.deploy.template.Template.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template with all its functions resolved, as CloudFormation would for these parameters: what
 * is in the stack, with which properties. What refers to a resource that is not in it, or knows no
 * such function, fails with an {@link IllegalStateException}.
 */
final class Stack {
  static final String REGION = "eu-north-1";
  static final String ACCOUNT = "000000000000";

  private static final Object NO_VALUE = new Object();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

  private static final Map<String, Object> PSEUDO =
      Map.of(
          "AWS::Region",
          REGION,
          "AWS::AccountId",
          ACCOUNT,
          "AWS::Partition",
          "aws",
          "AWS::NoValue",
          NO_VALUE);

  /** Which property is a resource's name, by its type. */
  private static final Map<String, String> NAMES =
      Map.of(
          "AWS::DynamoDB::Table", "TableName",
          "AWS::SQS::Queue", "QueueName",
          "AWS::Lambda::Function", "FunctionName",
          "AWS::Logs::LogGroup", "LogGroupName",
          "AWS::Events::Rule", "Name",
          "AWS::S3::Bucket", "BucketName",
          "AWS::IAM::ManagedPolicy", "ManagedPolicyName");

  private static final Map<String, String> ARNS =
      Map.of(
          "AWS::DynamoDB::Table", "arn:aws:dynamodb:" + REGION + ":" + ACCOUNT + ":table/%s",
          "AWS::SQS::Queue", "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":%s",
          "AWS::Lambda::Function", "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:%s",
          "AWS::Lambda::Alias", "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:%s",
          "AWS::Logs::LogGroup", "arn:aws:logs:" + REGION + ":" + ACCOUNT + ":log-group:%s:*",
          "AWS::Events::Rule", "arn:aws:events:" + REGION + ":" + ACCOUNT + ":rule/%s",
          "AWS::S3::Bucket", "arn:aws:s3:::%s",
          "AWS::IAM::Role", "arn:aws:iam::" + ACCOUNT + ":role/%s",
          "AWS::IAM::ManagedPolicy", "arn:aws:iam::" + ACCOUNT + ":policy/%s");

  private final Map<String, Object> template;
  private final Map<String, Object> parameters = new HashMap<>(PSEUDO);
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Set<String>> references = new HashMap<>();

  /** A resource in the stack. */
  record Resource(String type, Map<String, Object> properties) {}

  /**
   * Resolves the template.
   *
   * @param given the parameters that are not to have their default, pseudo parameters too; a secret
   *     needs none
   */
  Stack(Map<String, Object> template, Map<String, String> given) {
    this.template = template;
    PSEUDO.keySet().stream()
        .filter(given::containsKey)
        .forEach(name -> parameters.put(name, given.get(name)));
    Template.map(template, "Parameters")
        .forEach((name, definition) -> parameters.put(name, parameter(name, definition, given)));
    Map<String, Object> all = Template.map(template, "Resources");
    all.keySet().stream().filter(this::isThere).forEach(name -> resources.put(name, resolve(name)));
    Map<String, Object> outputs = Template.map(template, "Outputs");
    for (Object output : outputs.values()) {
      Object condition = Template.map(output).get("Condition");
      if (condition == null || condition((String) condition)) {
        resolve(Template.map(output).get("Value"), "Outputs");
      }
    }
  }

  private static Object parameter(String name, Object definition, Map<String, String> given) {
    Map<String, Object> parameter = Template.map(definition);
    Object otherwise = parameter.getOrDefault("Default", name.toLowerCase(Locale.ROOT));
    String value = given.getOrDefault(name, otherwise.toString());
    return "CommaDelimitedList".equals(parameter.get("Type"))
        ? List.of(value.split(",", -1))
        : value;
  }

  /** The resources of a type, by their logical names. */
  Map<String, Map<String, Object>> ofType(String type) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    resources.forEach(
        (name, resource) -> {
          if (resource.type().equals(type)) {
            found.put(name, resource.properties());
          }
        });
    return found;
  }

  Map<String, Resource> resources() {
    return resources;
  }

  /** The resources that each refers to. */
  Map<String, Set<String>> references() {
    return references;
  }

  private boolean isThere(String resource) {
    Map<String, Object> all = Template.map(template, "Resources");
    Object condition =
        all.containsKey(resource) ? Template.map(all, resource).get("Condition") : null;
    return all.containsKey(resource) && (condition == null || condition((String) condition));
  }

  private boolean condition(String name) {
    Boolean known = conditions.get(name);
    if (known == null) {
      known = (Boolean) resolve(Template.map(template, "Conditions").get(name), name);
      conditions.put(name, known);
    }
    return known;
  }

  private Resource resolve(String name) {
    Map<String, Object> resource = Template.map(template, "Resources", name);
    references.put(name, new TreeSet<>());
    Object dependsOn = resource.get("DependsOn");
    if (dependsOn != null) {
      refer((String) dependsOn, name);
    }
    return new Resource(
        (String) resource.get("Type"),
        Template.map(resolve(resource.getOrDefault("Properties", Map.of()), name)));
  }

  private Object resolve(@Nullable Object value, String in) {
    if (value instanceof Call call) {
      return call(call, in);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> resolved = new LinkedHashMap<>();
      map.forEach(
          (key, each) -> {
            Object result = resolve(each, in);
            if (result != NO_VALUE) {
              resolved.put((String) key, result);
            }
          });
      return resolved;
    } else if (value instanceof List<?> list) {
      return list.stream().map(each -> resolve(each, in)).filter(each -> each != NO_VALUE).toList();
    } else if (value == null) {
      throw new IllegalStateException("nothing where " + in + " needs something");
    }
    return value;
  }

  private Object call(Call call, String in) {
    Object argument = call.argument();
    List<?> list = argument instanceof List<?> several ? several : List.of(argument);
    return switch (call.name()) {
      case "Ref" -> ref((String) argument, in);
      case "GetAtt" -> attribute((String) argument, in);
      case "Sub" -> substitute(list, in);
      case "If" -> resolve(condition((String) list.get(0)) ? list.get(1) : list.get(2), in);
      case "Condition" -> condition((String) argument);
      case "Not" -> !(Boolean) resolve(list.get(0), in);
      case "And" -> list.stream().allMatch(each -> (Boolean) resolve(each, in));
      case "Equals" ->
          resolve(list.get(0), in).toString().equals(resolve(list.get(1), in).toString());
      case "Join" ->
          String.join(
              (String) list.get(0),
              ((List<?>) resolve(list.get(1), in)).stream().map(Object::toString).toList());
      default -> throw new IllegalStateException("!" + call.name() + " in " + in);
    };
  }

  private Object ref(String name, String in) {
    Object parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    refer(name, in);
    String type = (String) Template.map(template, "Resources", name).get("Type");
    return switch (type) {
      case "AWS::SQS::Queue" -> "https://sqs/" + ACCOUNT + "/" + name(name);
      case "AWS::Lambda::Alias", "AWS::IAM::ManagedPolicy" -> attribute(name + ".Arn", in);
      default -> name(name);
    };
  }

  private String attribute(String reference, String in) {
    String name = reference.substring(0, reference.indexOf('.'));
    String attribute = reference.substring(name.length() + 1);
    refer(name, in);
    String type = (String) Template.map(template, "Resources", name).get("Type");
    return switch (attribute) {
      case "Arn" -> String.format(ARNS.getOrDefault(type, type + " has no %s.Arn"), name(name));
      case "StreamArn" -> attribute(name + ".Arn", in) + "/stream/2026";
      case "QueueName" -> name(name);
      case "Version" -> "1";
      default -> throw new IllegalStateException(reference + " in " + in);
    };
  }

  private void refer(String name, String in) {
    if (!isThere(name)) {
      throw new IllegalStateException(in + " refers to " + name + ", which is not there");
    }
    references.computeIfAbsent(in, none -> new TreeSet<>()).add(name);
  }

  /** The physical name, which for some types CloudFormation makes up. */
  private String name(String logical) {
    Map<String, Object> resource = Template.map(template, "Resources", logical);
    Map<String, Object> properties = Template.map(resource.getOrDefault("Properties", Map.of()));
    if (resource.get("Type").equals("AWS::Lambda::Alias")) {
      return resolve(properties.get("FunctionName"), logical) + ":" + properties.get("Name");
    }
    String property = NAMES.get(resource.get("Type"));
    Object named = property == null ? NO_VALUE : resolve(properties.get(property), logical);
    return named == NO_VALUE ? logical.toLowerCase(Locale.ROOT) : (String) named;
  }

  private String substitute(List<?> arguments, String in) {
    Map<String, Object> own = new HashMap<>();
    if (arguments.size() > 1) {
      own.putAll(Template.map(resolve(arguments.get(1), in)));
    }
    UnaryOperator<String> value =
        variable ->
            own.containsKey(variable)
                ? own.get(variable).toString()
                : variable.contains(".") ? attribute(variable, in) : ref(variable, in).toString();
    Matcher matcher = VARIABLE.matcher((String) arguments.get(0));
    return matcher.replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1))));
  }

  /** The function that an alias is of. */
  static String function(String aliasArn) {
    return aliasArn.split(":", -1)[6];
  }

  /** The statements of a policy document, each as a map. */
  static List<Map<String, Object>> statements(Object document) {
    List<Map<String, Object>> statements = new ArrayList<>();
    ((List<?>) Template.map(document).get("Statement"))
        .forEach(statement -> statements.add(Template.map(statement)));
    return statements;
  }
}
