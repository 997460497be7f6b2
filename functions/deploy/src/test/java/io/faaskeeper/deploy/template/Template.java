package io.faaskeeper.deploy.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The template as plain maps and lists, its short functions as {@link Call}s. */
final class Template {
  private final String text;
  private final Map<String, Object> root;

  /** {@code !Name argument}. */
  record Call(String name, Object argument) {}

  Template() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/io/faaskeeper/deploy/template.yaml")) {
      text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
    root = new Yaml(new Functions()).load(text);
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

  /** The stack for these parameters, all others as by default. */
  Stack stack(Map<String, String> parameters) {
    return new Stack(root, parameters);
  }

  Map<String, Object> section(String name) {
    return map(root, name);
  }

  String text() {
    return text;
  }

  /** The names of all functions anywhere in this. */
  static Set<String> functions(Object in) {
    Set<String> found = new TreeSet<>();
    if (in instanceof Call call) {
      found.add(call.name());
      found.addAll(functions(call.argument()));
    } else if (in instanceof Map<?, ?> map) {
      map.values().forEach(value -> found.addAll(functions(value)));
    } else if (in instanceof Collection<?> list) {
      list.forEach(value -> found.addAll(functions(value)));
    }
    return found;
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
