package io.faaskeeper.deploy;

import static io.faaskeeper.deploy.AwsErrors.told;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Stacks by the SDK. */
final class CloudFormationStacks implements Stacks {
  private static final int MAX_LOOKS = 150;

  private final CloudFormationClient client;
  private final Runnable pause;

  /**
   * @param pause between two looks at a change set that is being made
   */
  CloudFormationStacks(CloudFormationClient client, Runnable pause) {
    this.client = client;
    this.pause = pause;
  }

  @Override
  public Optional<StackState> find(String nameOrId) {
    return told(
        () -> {
          try {
            return client.describeStacks(r -> r.stackName(nameOrId)).stacks().stream()
                .findFirst()
                .map(CloudFormationStacks::state);
          } catch (CloudFormationException e) {
            if (AwsErrors.code(e).equals("ValidationError")
                && String.valueOf(e.getMessage()).contains("does not exist")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private static StackState state(Stack stack) {
    Map<String, String> parameters = new HashMap<>();
    for (Parameter parameter : stack.parameters()) {
      parameters.put(parameter.parameterKey(), parameter.parameterValue());
    }
    Map<String, String> outputs = new HashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return new StackState(stack.stackId(), stack.stackStatusAsString(), parameters, outputs);
  }

  @Override
  public Changes propose(Proposal proposal) {
    List<Parameter> parameters = new ArrayList<>();
    proposal
        .parameters()
        .forEach(
            (key, value) ->
                parameters.add(
                    Parameter.builder().parameterKey(key).parameterValue(value).build()));
    for (String key : proposal.kept()) {
      parameters.add(Parameter.builder().parameterKey(key).usePreviousValue(true).build());
    }
    String id =
        told(
            () ->
                client
                    .createChangeSet(
                        r ->
                            r.stackName(proposal.stack())
                                .changeSetName("fk-" + UUID.randomUUID())
                                .changeSetType(
                                    proposal.isNew() ? ChangeSetType.CREATE : ChangeSetType.UPDATE)
                                .templateBody(proposal.template())
                                .usePreviousTemplate(proposal.template() == null ? true : null)
                                .parameters(parameters)
                                .importExistingResources(proposal.template() == null ? null : true)
                                .capabilities(Capability.CAPABILITY_NAMED_IAM))
                    .id());
    return awaitChanges(id, proposal.stack());
  }

  private Changes awaitChanges(String id, String stack) {
    for (int look = 0; look < MAX_LOOKS; look++) {
      DescribeChangeSetResponse found =
          told(() -> client.describeChangeSet(r -> r.changeSetName(id)));
      if (found.status() == ChangeSetStatus.CREATE_COMPLETE) {
        return new Changes(id, stack, changes(id, found));
      } else if (found.status() == ChangeSetStatus.FAILED) {
        if (saysNothingChanges(String.valueOf(found.statusReason()))) {
          return new Changes(id, stack, List.of());
        }
        discard(new Changes(id, stack, List.of()));
        throw new DeployException("CloudFormation refuses the change: " + found.statusReason());
      }
      pause.run();
    }
    throw new DeployException("CloudFormation does not come to an end with the change set " + id);
  }

  /** CloudFormation tells it by these words only. */
  private static boolean saysNothingChanges(String reason) {
    return reason.contains("didn't contain changes")
        || reason.contains("No updates are to be performed");
  }

  private List<Change> changes(String id, DescribeChangeSetResponse first) {
    List<Change> changes = new ArrayList<>();
    DescribeChangeSetResponse page = first;
    while (true) {
      page.changes().forEach(change -> changes.add(change(change.resourceChange())));
      String next = page.nextToken();
      if (next == null) {
        return changes;
      }
      page = told(() -> client.describeChangeSet(r -> r.changeSetName(id).nextToken(next)));
    }
  }

  private static Change change(ResourceChange change) {
    String replacement = change.replacementAsString();
    return new Change(
        change.actionAsString(),
        change.logicalResourceId(),
        change.resourceType(),
        replacement == null ? "" : replacement);
  }

  @Override
  public void execute(Changes changes) {
    told(() -> client.executeChangeSet(r -> r.changeSetName(changes.id())));
  }

  @Override
  public void discard(Changes changes) {
    told(() -> client.deleteChangeSet(r -> r.changeSetName(changes.id())));
  }

  @Override
  public void delete(String name) {
    told(() -> client.deleteStack(r -> r.stackName(name)));
  }

  @Override
  public List<Event> events(String nameOrId) {
    return told(
        () ->
            client.describeStackEvents(r -> r.stackName(nameOrId)).stackEvents().stream()
                .map(
                    e ->
                        new Event(
                            e.eventId(),
                            String.valueOf(e.logicalResourceId()),
                            String.valueOf(e.resourceType()),
                            e.resourceStatusAsString(),
                            e.resourceStatusReason() == null ? "" : e.resourceStatusReason()))
                .toList());
  }

  @Override
  public List<Resource> resources(String name) {
    return told(
        () ->
            client
                .listStackResourcesPaginator(r -> r.stackName(name))
                .stackResourceSummaries()
                .stream()
                .map(
                    r ->
                        new Resource(
                            r.logicalResourceId(),
                            String.valueOf(r.physicalResourceId()),
                            r.resourceType()))
                .toList());
  }
}
