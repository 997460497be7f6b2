package io.faaskeeper.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
    for (String line : lines()) {
      if (line.startsWith("#")) {
        reason = line.substring(1).strip();
      } else if (!line.isBlank()) {
        reasons.put(line.strip(), reason);
      }
    }
    return reasons;
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
