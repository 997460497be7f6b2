package io.faaskeeper.deploy;

import io.faaskeeper.deploy.Functions.FunctionState;
import io.faaskeeper.deploy.Functions.SourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** An account in memory, whose stacks have a table and change when parameters do. */
final class FakeCloud {
  static final String ACCOUNT = "123456789012";

  final Map<String, StackState> stacks = new LinkedHashMap<>();
  final Set<String> buckets = new TreeSet<>();
  final Set<String> objects = new TreeSet<>();
  final Set<String> tables = new TreeSet<>();
  final List<String> done = new ArrayList<>();
  final List<Stacks.Event> events = new ArrayList<>();
  final Map<String, String> secret = new LinkedHashMap<>();

  /** What the next change set says; null for what follows from the parameters. */
  @Nullable List<Stacks.Change> nextChanges;

  /** How the next operation ends. */
  String outcome = "_COMPLETE";

  private Stacks.@Nullable Proposal proposed;
  private String template = "";

  Cloud cloud() {
    return new Cloud(
        "eu-north-1",
        () -> ACCOUNT,
        new FakeStacks(),
        new FakeStores(),
        new FakeFunctions(),
        () -> {});
  }

  private final class FakeStacks implements Stacks {
    @Override
    public Optional<StackState> find(String nameOrId) {
      return stacks.values().stream()
          .filter(s -> s.id().equals(nameOrId) || s.id().endsWith("/" + nameOrId))
          .findFirst();
    }

    @Override
    public Changes propose(Proposal proposal) {
      done.add("propose");
      proposed = proposal;
      List<Change> changes = nextChanges;
      Map<String, String> after = after(proposal);
      if (changes == null) {
        boolean same = after.equals(had(proposal));
        changes =
            same ? List.of() : List.of(new Change("Modify", "F", "AWS::Lambda::Function", "False"));
      }
      return new Changes("set", proposal.stack(), changes);
    }

    @Override
    public void execute(Changes changes) {
      done.add("execute");
      Proposal proposal = Objects.requireNonNull(proposed);
      Map<String, String> parameters = after(proposal);
      String value = Objects.requireNonNull(parameters.get(StackParameters.SECRET));
      if (!value.equals("****")) {
        secret.put(proposal.stack(), value);
      }
      parameters.put(StackParameters.SECRET, "****");
      String status = (proposal.isNew() ? "CREATE" : "UPDATE") + outcome;
      stacks.put(
          proposal.stack(),
          new StackState("arn:stack/" + proposal.stack(), status, parameters, outputs(parameters)));
      outputs(parameters).values().forEach(buckets::add);
      tables.add(proposal.stack() + "-nodes");
      template = proposal.template() == null ? template : proposal.template();
      events.add(
          0, new Event("e" + events.size(), "F", "AWS::Lambda::Function", status, "because"));
    }

    private Map<String, String> had(Proposal proposal) {
      return find(proposal.stack()).map(StackState::parameters).orElse(Map.of());
    }

    /** As CloudFormation has it: what is neither given nor kept is as the template's default. */
    private Map<String, String> after(Proposal proposal) {
      Map<String, String> had = had(proposal);
      Map<String, String> after = new LinkedHashMap<>();
      for (String name : proposal.kept()) {
        if (!had.containsKey(name)) {
          throw new DeployException("nothing to be kept: " + name);
        }
        after.put(name, Objects.requireNonNull(had.get(name)));
      }
      after.putAll(proposal.parameters());
      String text = proposal.template() == null ? template : proposal.template();
      Map<String, Map<String, Object>> known = parameters(text);
      known.forEach(
          (name, parameter) -> {
            Object otherwise = parameter.get("Default");
            if (!after.containsKey(name) && otherwise == null) {
              throw new DeployException("no value: " + name);
            }
            after.putIfAbsent(name, String.valueOf(otherwise));
          });
      if (!known.keySet().containsAll(after.keySet())) {
        throw new DeployException("not in the template: " + after.keySet());
      }
      return after;
    }

    private static Map<String, Map<String, Object>> parameters(String text) {
      int from = text.indexOf("\nParameters:\n") + "\nParameters:\n".length();
      return new Yaml().load(text.substring(from, text.indexOf("\nConditions:\n")));
    }

    private static Map<String, String> outputs(Map<String, String> parameters) {
      String storage = parameters.getOrDefault(StackParameters.USER_STORAGE, "");
      String bucket = parameters.getOrDefault(StackParameters.DATA_BUCKET, "");
      return StackParameters.hasBucket(storage)
          ? Map.of(StackParameters.DATA_BUCKET, bucket)
          : Map.of();
    }

    @Override
    public void discard(Changes changes) {
      done.add("discard");
    }

    @Override
    public void delete(String name) {
      done.add("delete " + name);
      stacks.remove(name);
    }

    @Override
    public List<Event> events(String nameOrId) {
      return List.copyOf(events);
    }

    @Override
    public List<Resource> resources(String name) {
      return List.of(
          new Resource("F", name + "-writer", "AWS::Lambda::Function"),
          new Resource("A", name + "-writer:live", "AWS::Lambda::Alias"));
    }
  }

  private final class FakeStores implements DataStores {
    @Override
    public boolean hasTable(String name) {
      return tables.contains(name);
    }

    @Override
    public void deleteTable(String name) {
      tables.remove(name);
    }

    @Override
    public boolean hasBucket(String name) {
      return buckets.contains(name);
    }

    @Override
    public void createBucket(String name) {
      buckets.add(name);
    }

    @Override
    public boolean hasObject(String bucket, String key) {
      return objects.contains(bucket + "/" + key);
    }

    @Override
    public void upload(String bucket, String key, Path file) {
      done.add("upload");
      objects.add(bucket + "/" + key);
    }

    @Override
    public int deleteObjects(String bucket, String prefix) {
      int before = objects.size();
      objects.removeIf(object -> object.startsWith(bucket + "/" + prefix));
      return before - objects.size();
    }

    @Override
    public void deleteBucket(String name) {
      buckets.remove(name);
    }
  }

  private static final class FakeFunctions implements Functions {
    @Override
    public Optional<FunctionState> find(String name) {
      return Optional.of(new FunctionState("Active", "Successful", 24_000_000, "today"));
    }

    @Override
    public List<SourceState> sources(String aliasOrName) {
      return List.of(new SourceState("arn:queue", "Enabled"));
    }
  }
}
