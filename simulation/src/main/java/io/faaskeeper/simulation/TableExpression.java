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
 * DynamoDB's expressions, as many of them as the ports write about single items. An
 * IllegalArgumentException for any other.
 */
final class TableExpression {
  private static final Pattern EXISTS = Pattern.compile("attribute_(not_)?exists\\((\\w+)\\)");
  private static final Pattern CONTAINS = Pattern.compile("contains\\((\\w+), (:\\w+)\\)");
  private static final Pattern COMPARES = Pattern.compile("(\\w+) ([<=]) (:\\w+)");
  private static final Pattern CLAUSE =
      Pattern.compile("(SET|ADD|REMOVE|DELETE) (.*?)(?=SET |ADD |REMOVE |DELETE |$)");
  private static final Pattern COMMA = Pattern.compile(",\\s*(?![^(]*\\))");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(\\w+)\\s*=\\s*(?:if_not_exists\\((\\w+),\\s*(:\\w+)\\)|(:\\w+))");

  private TableExpression() {}

  /** Whether a condition holds for an item. */
  static boolean holds(
      String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    for (String alternative : condition.split(" OR ", -1)) {
      boolean all = true;
      for (String term : alternative.split(" AND ", -1)) {
        all &= term(term, values, item);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean term(
      String term, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    Matcher exists = EXISTS.matcher(term);
    if (exists.matches()) {
      return item.containsKey(exists.group(2)) == (exists.group(1) == null);
    }
    Matcher contains = CONTAINS.matcher(term);
    if (contains.matches()) {
      AttributeValue set = item.get(contains.group(1));
      return set != null && set.bs().contains(value(values, contains.group(2)).b());
    }
    Matcher compares = COMPARES.matcher(term);
    if (!compares.matches()) {
      throw new IllegalArgumentException("a condition of no known form: " + term);
    }
    AttributeValue left = item.get(compares.group(1));
    if (left == null || left.n() == null) {
      return false;
    }
    int order =
        Long.compare(
            Long.parseLong(left.n()), Long.parseLong(value(values, compares.group(3)).n()));
    return compares.group(2).equals("<") ? order < 0 : order == 0;
  }

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

  private static AttributeValue value(Map<String, AttributeValue> values, String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + name);
    }
    return value;
  }
}
