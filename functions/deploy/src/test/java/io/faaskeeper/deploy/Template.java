package io.faaskeeper.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The template as plain maps and lists, its short functions as {@link Call}s. */
final class Template {
  private final Map<String, Object> root;

  /** {@code !Name argument}. */
  record Call(String name, Object argument) {}

  Template() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("template.yaml")) {
      root = new Yaml(new Functions()).load(Objects.requireNonNull(file));
    }
  }

  /** The map under these keys. */
  @SuppressWarnings("unchecked") // YAML's maps have text for keys here.
  static Map<String, Object> map(Object of, String... keys) {
    Object found = of;
    for (String key : keys) {
      found = Objects.requireNonNull(((Map<String, Object>) found).get(key), key);
    }
    return (Map<String, Object>) found;
  }

  Map<String, Object> section(String name) {
    return map(root, name);
  }

  Map<String, Object> properties(String resource) {
    return map(root, "Resources", resource, "Properties");
  }

  /** The resources of a type, by their logical names: their properties. */
  Map<String, Map<String, Object>> ofType(String type) {
    Map<String, Map<String, Object>> found = new LinkedHashMap<>();
    for (String name : section("Resources").keySet()) {
      if (type.equals(map(root, "Resources", name).get("Type"))) {
        found.put(name, properties(name));
      }
    }
    return found;
  }

  /** All short functions of this name, anywhere. */
  List<Object> arguments(String function) {
    List<Object> found = new ArrayList<>();
    collect(root, function, found);
    return found;
  }

  private static void collect(Object in, String function, List<Object> found) {
    if (in instanceof Call call) {
      if (call.name().equals(function)) {
        found.add(call.argument());
      }
      collect(call.argument(), function, found);
    } else if (in instanceof Map<?, ?> map) {
      map.values().forEach(value -> collect(value, function, found));
    } else if (in instanceof Collection<?> list) {
      list.forEach(value -> collect(value, function, found));
    }
  }

  /** Text, as it is or with the default values of the parameters in it. */
  String text(Object value) {
    if (!(value instanceof Call call)) {
      return (String) value;
    }
    String text = (String) call.argument();
    for (String parameter : section("Parameters").keySet()) {
      String given =
          Optional.ofNullable(map(root, "Parameters", parameter).get("Default"))
              .map(Object::toString)
              .orElse("");
      text = text.replace("${" + parameter + "}", given);
    }
    return text.replace("${AWS::Region}", "eu-north-1");
  }

  /** Understands all short functions with one argument. */
  private static final class Functions extends SafeConstructor {
    Functions() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              String name = node.getTag().getValue().substring(1);
              return node instanceof ScalarNode scalar
                  ? new Call(name, scalar.getValue())
                  : new Call(name, constructSequence((SequenceNode) node));
            }
          });
    }
  }
}
