package io.faaskeeper.processor;

import io.faaskeeper.model.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names what an operation will look at, without looking. */
final class NeededPaths {
  private NeededPaths() {}

  static Set<String> of(Operation operation) {
    Set<String> paths = new LinkedHashSet<>();
    named(operation).filter(ZnodePath::isValid).forEach(paths::add);
    return paths;
  }

  private static Stream<String> named(Operation operation) {
    if (operation instanceof Operation.Multi multi) {
      return multi.operations().stream().flatMap(NeededPaths::named);
    }
    if (operation instanceof Operation.Create op) {
      return op.mode().isSequential() ? parent(op.path()) : withParent(op.path()).stream();
    }
    if (operation instanceof Operation.Delete op) {
      return withParent(op.path()).stream();
    }
    if (operation instanceof Operation.DeleteContainer op) {
      return withParent(op.path()).stream();
    }
    if (operation instanceof Operation.SetAcl op) {
      return Stream.of(op.path());
    }
    return operation instanceof Operation.Simple op ? Stream.of(op.path()) : Stream.empty();
  }

  /** The path and, before it, its parent if it has one. */
  static List<String> withParent(String path) {
    return Stream.concat(parent(path), Stream.of(path)).toList();
  }

  private static Stream<String> parent(String path) {
    return Stream.ofNullable(ZnodePath.parent(path));
  }
}
