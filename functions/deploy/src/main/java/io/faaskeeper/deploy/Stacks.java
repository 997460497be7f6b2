package io.faaskeeper.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CloudFormation's stacks, as far as deployments need them. Fails with {@link DeployException}. */
interface Stacks {
  Optional<StackState> find(String nameOrId);

  /** Computes a change set and waits for it; nothing is changed by that. */
  Changes propose(Proposal proposal);

  /** Begins to carry a change set out. */
  void execute(Changes changes);

  /** Forgets a change set. */
  void discard(Changes changes);

  /** Begins to delete a stack. */
  void delete(String name);

  /** What happened to a stack, the latest first, a page or more. */
  List<Event> events(String nameOrId);

  /** What is in a stack. */
  List<Resource> resources(String name);

  /**
   * What is wanted.
   *
   * @param stack the name
   * @param isNew whether there is no such stack
   * @param template its text; null for the one that the stack has
   * @param parameters those that get this value
   * @param kept those that keep the value that they have
   */
  record Proposal(
      String stack,
      boolean isNew,
      @Nullable String template,
      Map<String, String> parameters,
      Set<String> kept) {}

  /**
   * A change set.
   *
   * @param id its ARN
   * @param changes nothing if there is nothing to be done
   */
  record Changes(String id, String stack, List<Change> changes) {}

  /**
   * What becomes of a resource.
   *
   * @param action Add, Modify, Remove, Import
   * @param replacement True, False, Conditional; empty where it does not apply
   */
  record Change(String action, String resource, String type, String replacement) {}

  /** An event of a stack. */
  record Event(String id, String resource, String type, String status, String reason) {}

  /** A resource of a stack. */
  record Resource(String logicalName, String name, String type) {}
}
