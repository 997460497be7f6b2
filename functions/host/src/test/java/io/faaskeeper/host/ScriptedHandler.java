package io.faaskeeper.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A function that does what its event says: an object with a {@code script}, or messages of a queue
 * whose bodies are scripts. See {@link #run} for the scripts; those with {@code once} behave at the
 * second delivery. What follows a failed message in its group fails with it, unread.
 */
public final class ScriptedHandler implements RequestStreamHandler {
  /** The variable that names the folder in which it leaves what it did. */
  public static final String FOLDER = "FOLDER";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Journal journal = new Journal(Path.of(System.getenv(FOLDER)));

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    ObjectNode answer = JSON.createObjectNode();
    if (event.has("Records")) {
      ArrayNode failures = answer.putArray("batchItemFailures");
      Set<String> failedGroups = new HashSet<>();
      for (JsonNode message : event.get("Records")) {
        journal.write(
            "receipt %s %s"
                .formatted(message.get("body").asText(), message.get("receiptHandle").asText()));
      }
      for (JsonNode message : event.get("Records")) {
        String group = message.at("/attributes/MessageGroupId").asText();
        if (failedGroups.contains(group) || !deliver(group, message)) {
          failedGroups.add(group);
          failures.addObject().put("itemIdentifier", message.get("messageId").asText());
        }
      }
    } else {
      answer.put("ok", run(event.get("script").asText(), 1));
      answer.put("pid", ProcessHandle.current().pid());
      answer.put("request", context.getAwsRequestId());
      answer.put("arn", context.getInvokedFunctionArn());
      answer.put("inTime", context.getRemainingTimeInMillis() > 0);
      answer.set("event", event);
    }
    output.write(JSON.writeValueAsBytes(answer));
  }

  private boolean deliver(String group, JsonNode message) throws IOException {
    String script = message.get("body").asText();
    int delivery = message.at("/attributes/ApproximateReceiveCount").asInt();
    journal.write(group + " " + script + " " + delivery);
    return run(script, delivery);
  }

  private boolean run(String script, int delivery) throws IOException {
    String[] words = script.split(":", -1);
    boolean first = delivery == 1;
    switch (words[0]) {
      case "throw" -> throw new IllegalStateException(words[1]);
      case "print" -> System.out.println(words[1]);
      case "hang" -> hang(words[1]);
      case "hangOnce" -> {
        if (first) {
          hang(words[1]);
        }
      }
      case "crashOnce" -> {
        if (first) {
          Runtime.getRuntime().halt(3);
        }
      }
      case "failOnce" -> {
        return !first;
      }
      case "failAlways" -> {
        return false;
      }
      case "meet" -> {
        journal.leave(words[1]);
        journal.await(words[2]);
      }
      default -> {}
    }
    return true;
  }

  /** Tells by a file that it does. */
  private void hang(String file) throws IOException {
    journal.leave(file);
    journal.await("what nobody leaves");
  }
}
