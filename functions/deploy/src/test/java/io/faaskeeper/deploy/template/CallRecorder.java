package io.faaskeeper.deploy.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Appends each different call of this JVM's SDK clients to a file that the environment or a system
 * property names. On the class path it is found by the SDK itself, so that nothing in functions and
 * clients knows of it.
 */
public final class CallRecorder implements ExecutionInterceptor {
  /** Names the file. */
  static final String FILE = "FAASKEEPER_TEST_CALLS";

  /** Of a call that is made for somebody who is no function and no client. */
  static final ExecutionAttribute<Boolean> OF_THE_HOST =
      new ExecutionAttribute<>("FaaSKeeperTestHost");

  private static final Map<String, String> SERVICES =
      Map.of("DynamoDb", "dynamodb", "Sqs", "sqs", "Lambda", "lambda", "EventBridge", "events");

  /** Where an action is not named as its operation. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          "lambda:Invoke", "lambda:InvokeFunction",
          "sqs:DeleteMessageBatch", "sqs:DeleteMessage",
          "sqs:SendMessageBatch", "sqs:SendMessage",
          "s3:HeadObject", "s3:GetObject",
          "s3:DeleteObjects", "s3:DeleteObject",
          "s3:ListObjectsV2", "s3:ListBucket");

  /** A name in an expression: all attributes have one letter, values begin with a colon. */
  private static final Pattern NAME = Pattern.compile("(?<![:#\\w])[a-z](?![\\w(])");

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  /** Made by the SDK. */
  public CallRecorder() {}

  /** Marks the calls of clients that it is added to. */
  static final class Host implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      attributes.putAttribute(OF_THE_HOST, true);
    }
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    String file = System.getenv().getOrDefault(FILE, System.getProperty(FILE));
    if (file == null || attributes.getAttribute(OF_THE_HOST) != null) {
      return;
    }
    Call call = call(context.request(), attributes);
    if (SEEN.add(file + call.line())) {
      append(Path.of(file), call.line() + "\n");
    }
  }

  /** One write, so that lines of several processes do not mix. */
  static void append(Path file, String line) {
    try {
      Files.write(
          file,
          line.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Call call(SdkRequest request, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String action =
        SERVICES.getOrDefault(service, service.toLowerCase(Locale.ROOT))
            + ":"
            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    String function = System.getenv("AWS_LAMBDA_FUNCTION_NAME");
    return new Call(
        function == null ? Call.CLIENT : function,
        ACTIONS.getOrDefault(action, action),
        resource(request),
        attributes(request),
        leadingKey(request));
  }

  private static String resource(SdkRequest request) {
    String table = text(request, "TableName");
    String url = text(request, "QueueUrl");
    String queue = text(request, "QueueName");
    String function = text(request, "FunctionName");
    String bucket = text(request, "Bucket");
    String key = text(request, "Key");
    String name = text(request, "Name");
    if (table != null) {
      return "table/" + table;
    } else if (url != null) {
      return url.substring(url.lastIndexOf('/') + 1);
    } else if (queue != null) {
      return queue;
    } else if (function != null) {
      return "function:" + function;
    } else if (bucket != null) {
      return key == null ? bucket : bucket + "/" + key;
    }
    return "rule/" + name;
  }

  private static @Nullable String text(SdkRequest request, String field) {
    return request
        .getValueForField(field, Object.class)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElse(null);
  }

  private static Set<String> attributes(SdkRequest request) {
    Set<String> names = new TreeSet<>(item(request).keySet());
    for (String field :
        Set.of(
            "UpdateExpression",
            "ConditionExpression",
            "ProjectionExpression",
            "KeyConditionExpression")) {
      String expression = text(request, field);
      if (expression != null) {
        Matcher matcher = NAME.matcher(expression);
        while (matcher.find()) {
          names.add(matcher.group());
        }
      }
    }
    return names;
  }

  private static String leadingKey(SdkRequest request) {
    Object key = item(request).get("k");
    return key instanceof AttributeValue value && value.s() != null ? value.s() : "";
  }

  private static Map<String, Object> item(SdkRequest request) {
    Map<String, Object> item = new HashMap<>();
    for (String field : Set.of("Key", "Item")) {
      request
          .getValueForField(field, Object.class)
          .filter(Map.class::isInstance)
          .ifPresent(
              map -> ((Map<?, ?>) map).forEach((name, value) -> item.put((String) name, value)));
    }
    return item;
  }

  /** All that was recorded. */
  static Set<Call> read(Path file) throws IOException {
    Set<Call> calls = new HashSet<>();
    if (Files.exists(file)) {
      // A line that is being written has no end yet.
      String text = Files.readString(file);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> calls.add(Call.parse(line)));
    }
    return calls;
  }
}
