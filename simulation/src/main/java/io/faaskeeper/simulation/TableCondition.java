package io.faaskeeper.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's condition expressions, as many of them as the ports write about single items. An
 * IllegalArgumentException for any other.
 */
final class TableCondition {
  private static final Pattern EXISTS = Pattern.compile("attribute_(not_)?exists\\((\\w+)\\)");
  private static final Pattern CONTAINS = Pattern.compile("contains\\((\\w+),\\s*(:\\w+)\\)");
  private static final Pattern COMPARES =
      Pattern.compile("(?:size\\((\\w+)\\)|(\\w+)) (<|=|>=) (:\\w+)");

  private final String text;
  private final Map<String, AttributeValue> values;
  private final Map<String, AttributeValue> item;
  private int place;

  private TableCondition(
      String text, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    this.text = text;
    this.values = values;
    this.item = item;
  }

  /** Whether a condition holds for an item. */
  static boolean holds(
      String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    TableCondition parser = new TableCondition(condition, values, item);
    boolean holds = parser.any();
    if (parser.place < condition.length()) {
      throw parser.unknown();
    }
    return holds;
  }

  private boolean any() {
    boolean holds = all();
    while (eat(" OR ")) {
      holds |= all();
    }
    return holds;
  }

  private boolean all() {
    boolean holds = term();
    while (eat(" AND ")) {
      holds &= term();
    }
    return holds;
  }

  private boolean term() {
    if (eat("NOT ")) {
      return !term();
    }
    if (eat("(")) {
      boolean holds = any();
      if (!eat(")")) {
        throw unknown();
      }
      return holds;
    }
    Matcher exists = EXISTS.matcher(text);
    if (eat(exists)) {
      return item.containsKey(exists.group(2)) == (exists.group(1) == null);
    }
    Matcher contains = CONTAINS.matcher(text);
    if (eat(contains)) {
      AttributeValue set = item.get(contains.group(1));
      return set != null && set.bs().contains(TableExpression.value(values, contains.group(2)).b());
    }
    Matcher compares = COMPARES.matcher(text);
    if (eat(compares)) {
      return compares(compares);
    }
    throw unknown();
  }

  private boolean compares(Matcher compares) {
    Optional<Long> left =
        compares.group(1) == null
            ? Optional.ofNullable(item.get(compares.group(2)))
                .map(AttributeValue::n)
                .map(Long::parseLong)
            : Optional.ofNullable(item.get(compares.group(1))).map(set -> (long) set.bs().size());
    if (left.isEmpty()) {
      return false;
    }
    int order =
        Long.compare(
            left.get(), Long.parseLong(TableExpression.value(values, compares.group(4)).n()));
    return switch (compares.group(3)) {
      case "<" -> order < 0;
      case "=" -> order == 0;
      default -> order >= 0;
    };
  }

  private boolean eat(String word) {
    if (!text.startsWith(word, place)) {
      return false;
    }
    place += word.length();
    return true;
  }

  private boolean eat(Matcher matcher) {
    matcher.region(place, text.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    place = matcher.end();
    return true;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "a condition of no known form: " + text + ", at " + text.substring(place));
  }
}
