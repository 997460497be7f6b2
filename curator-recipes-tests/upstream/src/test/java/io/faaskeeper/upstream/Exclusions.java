package io.faaskeeper.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the test methods that {@code excluded.txt} lists, for the reason above each of them. */
public final class Exclusions implements ExecutionCondition {
  private static final Map<String, String> REASONS = read();

  private static Map<String, String> read() {
    Map<String, String> reasons = new HashMap<>();
    String reason = "";
    boolean reasonEnded = true;
    for (String line : lines()) {
      if (line.startsWith("#")) {
        String part = line.substring(1).strip();
        reason = reasonEnded ? part : reason + " " + part;
        reasonEnded = false;
      } else {
        reasonEnded = true;
        if (!line.isBlank()) {
          reasons.put(existing(line.strip()), reason);
        }
      }
    }
    return reasons;
  }

  /** A list that names what is not there any more would hide that it is run. */
  private static String existing(String listed) {
    String[] names = listed.split("#", 2);
    try {
      Class<?> test = Class.forName(names[0], false, Exclusions.class.getClassLoader());
      if (Arrays.stream(test.getMethods()).anyMatch(m -> m.getName().equals(names[1]))) {
        return listed;
      }
    } catch (ClassNotFoundException e) {
      // As a method that is not there.
    }
    throw new IllegalStateException("excluded.txt names " + listed + ", which does not exist");
  }

  private static Iterable<String> lines() {
    try (InputStream list = Exclusions.class.getResourceAsStream("/excluded.txt")) {
      if (list == null) {
        throw new IllegalStateException("excluded.txt is missing");
      }
      return new String(list.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getTestMethod()
        .flatMap(
            method ->
                Optional.ofNullable(
                    REASONS.get(context.getRequiredTestClass().getName() + "#" + method.getName())))
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("not excluded"));
  }
}
