package io.faaskeeper.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's update expressions, as many of them as the ports write about single items. An
 * IllegalArgumentException for any other.
 */
final class TableExpression {
  private static final Pattern CLAUSE =
      Pattern.compile("(SET|ADD|REMOVE|DELETE) (.*?)(?=SET |ADD |REMOVE |DELETE |$)");
  private static final Pattern COMMA = Pattern.compile(",\\s*(?![^(]*\\))");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(\\w+)\\s*=\\s*(?:if_not_exists\\((\\w+),\\s*(:\\w+)\\)|(:\\w+)|(\\w+))");

  private TableExpression() {}

  /** The item after an update. */
  static Map<String, AttributeValue> update(
      String update, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> after = new HashMap<>(item);
    Matcher clause = CLAUSE.matcher(update);
    while (clause.find()) {
      for (String action : COMMA.split(clause.group(2).strip(), -1)) {
        String[] words = action.split(" ", -1);
        switch (clause.group(1)) {
          case "SET" -> assign(action, values, item, after);
          case "REMOVE" -> after.remove(action);
          case "ADD" -> put(after, words[0], union(after.get(words[0]), value(values, words[1])));
          default -> put(after, words[0], difference(after.get(words[0]), value(values, words[1])));
        }
      }
    }
    return Map.copyOf(after);
  }

  private static void assign(
      String action,
      Map<String, AttributeValue> values,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    Matcher assignment = ASSIGNMENT.matcher(action);
    if (!assignment.matches()) {
      throw new IllegalArgumentException("an assignment of no known form: " + action);
    }
    if (assignment.group(5) != null) {
      put(after, assignment.group(1), before.get(assignment.group(5)));
      return;
    }
    AttributeValue there = assignment.group(2) == null ? null : before.get(assignment.group(2));
    String name = assignment.group(3) == null ? assignment.group(4) : assignment.group(3);
    after.put(assignment.group(1), there == null ? value(values, name) : there);
  }

  private static void put(
      Map<String, AttributeValue> item, String name, @Nullable AttributeValue value) {
    if (value == null) {
      item.remove(name);
    } else {
      item.put(name, value);
    }
  }

  private static AttributeValue union(@Nullable AttributeValue set, AttributeValue more) {
    if (set == null) {
      return more;
    }
    if (more.hasBs()) {
      Set<SdkBytes> all = new HashSet<>(set.bs());
      all.addAll(more.bs());
      return AttributeValue.fromBs(all.stream().toList());
    }
    Set<String> all = new HashSet<>(set.ns());
    all.addAll(more.ns());
    return AttributeValue.fromNs(all.stream().toList());
  }

  /** An empty set is no attribute. */
  private static @Nullable AttributeValue difference(
      @Nullable AttributeValue set, AttributeValue less) {
    if (set == null) {
      return null;
    }
    Set<SdkBytes> all = new HashSet<>(set.bs());
    all.removeAll(less.bs());
    return all.isEmpty() ? null : AttributeValue.fromBs(all.stream().toList());
  }

  static AttributeValue value(Map<String, AttributeValue> values, String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + name);
    }
    return value;
  }
}
