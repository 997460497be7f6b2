package io.faaskeeper.deploy;

import io.faaskeeper.deploy.Stacks.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to be done, by what there is: pure. What can't be done is a {@link DeployException}. */
final class DeploymentPlan {
  private static final Set<String> DATA = Set.of("AWS::DynamoDB::Table", "AWS::S3::Bucket");

  private DeploymentPlan() {}

  /** What a stack needs. */
  enum Kind {
    CREATE,
    UPDATE
  }

  /** Whether a deployment is made or updated. */
  static Kind deploy(String stack, Optional<StackState> found) {
    if (found.isEmpty() || found.get().isOnlyReviewed()) {
      return Kind.CREATE;
    }
    String status = found.get().status();
    if (found.get().isUnderWay()) {
      throw underWay(stack, status);
    }
    return switch (status) {
      case "ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", "DELETE_FAILED" ->
          throw new DeployException(
              stack
                  + " is of no use ("
                  + status
                  + "): remove it with bin/fk remove, which keeps all data, and deploy again");
      case "UPDATE_ROLLBACK_FAILED" ->
          throw new DeployException(
              stack
                  + " is between two states ("
                  + status
                  + "): mend what its events name (bin/fk status), then say aws cloudformation"
                  + " continue-update-rollback --stack-name "
                  + stack);
      default -> Kind.UPDATE;
    };
  }

  /** The state of a deployment that has to be there, and at rest. */
  static StackState existing(String stack, Optional<StackState> found) {
    if (found.isEmpty() || found.get().isOnlyReviewed()) {
      throw new DeployException(
          "there is no "
              + stack
              + ": make it with bin/fk deploy service, or name another --name or --region");
    }
    if (deploy(stack, found) == Kind.UPDATE) {
      return found.get();
    }
    throw new IllegalStateException(stack);
  }

  /** Whether there is something to remove. */
  static boolean remove(String stack, Optional<StackState> found) {
    if (found.isPresent() && found.get().isUnderWay()) {
      throw underWay(stack, found.get().status());
    }
    return found.isPresent();
  }

  private static DeployException underWay(String stack, String status) {
    return new DeployException(
        stack + " is being worked on (" + status + "): wait until bin/fk status says otherwise");
  }

  /**
   * Refuses changes after which stored data would be out of use: a table or the bucket would be
   * replaced by an empty one, or leave the deployment.
   */
  static void review(List<Change> changes, boolean dataMayGo) {
    List<String> lost =
        changes.stream().filter(DeploymentPlan::putsDataOutOfUse).map(Change::resource).toList();
    if (!lost.isEmpty() && !dataMayGo) {
      throw new DeployException(
          "this would put data out of use, of "
              + String.join(", ", lost)
              + ": say --replace-data if it is to be so");
    }
  }

  private static boolean putsDataOutOfUse(Change change) {
    return DATA.contains(change.type())
        && (change.action().equals("Remove")
            || change.replacement().equals("True")
            || change.replacement().equals("Conditional"));
  }
}
