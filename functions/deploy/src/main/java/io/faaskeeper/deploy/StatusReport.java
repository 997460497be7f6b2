package io.faaskeeper.deploy;

import io.faaskeeper.deploy.Functions.FunctionState;
import io.faaskeeper.deploy.Functions.SourceState;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Tells how a deployment is. */
final class StatusReport {
  private static final int FAILURES = 5;

  private final Cloud cloud;
  private final Names names;
  private final PrintStream out;

  StatusReport(Cloud cloud, Names names, PrintStream out) {
    this.cloud = cloud;
    this.names = names;
    this.out = out;
  }

  /** Whether it is there and at rest as it should be. */
  boolean print() {
    Optional<StackState> found = cloud.stacks().find(names.stack());
    if (found.isEmpty()) {
      out.println("there is no " + names.stack() + " in " + cloud.region());
      return false;
    }
    StackState stack = found.get();
    out.println(names.stack() + " in " + cloud.region() + ": " + stack.status());
    if (!stack.isSettled()) {
      printFailures();
    }
    new TreeMap<>(stack.parameters())
        .forEach((name, value) -> out.println("  " + name + " = " + value));
    new TreeMap<>(stack.outputs())
        .forEach((name, value) -> out.println("  " + name + " = " + value));
    boolean whole = true;
    for (Stacks.Resource resource : cloud.stacks().resources(names.stack())) {
      if (resource.type().equals("AWS::Lambda::Function")) {
        whole &= print(resource.name());
      } else if (resource.type().equals("AWS::Lambda::Alias")) {
        whole &= printSources(resource.name());
      }
    }
    return whole && stack.isSettled();
  }

  private void printFailures() {
    cloud.stacks().events(names.stack()).stream()
        .filter(event -> event.status().endsWith("_FAILED"))
        .limit(FAILURES)
        .forEach(event -> out.println("  " + event.resource() + ": " + event.reason()));
  }

  private boolean print(String function) {
    Optional<FunctionState> found = cloud.functions().find(function);
    out.println(
        "  function "
            + function
            + ": "
            + found.map(StatusReport::line).orElse("missing, bin/fk deploy service makes it"));
    return found.isPresent() && !found.get().state().equals("Failed");
  }

  private static String line(FunctionState function) {
    return "%s, %.1f MB, changed %s (%s)"
        .formatted(
            function.state(),
            function.codeBytes() / 1e6,
            function.lastModified(),
            function.lastUpdate());
  }

  private boolean printSources(String alias) {
    List<SourceState> sources = cloud.functions().sources(alias);
    sources.forEach(source -> out.println("  from " + source.source() + ": " + source.state()));
    return sources.stream().allMatch(source -> source.state().equals("Enabled"));
  }
}
