package io.faaskeeper.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deploy.DeploymentPlan.Kind;
import io.faaskeeper.deploy.Stacks.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentPlanTest {
  private static final String STACK = "faaskeeper-a";

  @Test
  void whatIsNotThereIsMade() {
    assertEquals(Kind.CREATE, DeploymentPlan.deploy(STACK, Optional.empty()));
    assertEquals(Kind.CREATE, DeploymentPlan.deploy(STACK, stack("REVIEW_IN_PROGRESS")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_ROLLBACK_COMPLETE",
        "IMPORT_COMPLETE"
      })
  void whatIsThereIsUpdated(String status) {
    assertEquals(Kind.UPDATE, DeploymentPlan.deploy(STACK, stack(status)));
  }

  @ParameterizedTest
  @CsvSource({
    "ROLLBACK_COMPLETE, bin/fk remove",
    "CREATE_FAILED, bin/fk remove",
    "ROLLBACK_FAILED, bin/fk remove",
    "DELETE_FAILED, bin/fk remove",
    "UPDATE_ROLLBACK_FAILED, continue-update-rollback --stack-name faaskeeper-a",
    "UPDATE_IN_PROGRESS, wait until",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, wait until",
    "DELETE_IN_PROGRESS, wait until"
  })
  void whatCanNotBeUpdatedSaysWhatToDo(String status, String advice) {
    DeployException refused =
        assertThrows(DeployException.class, () -> DeploymentPlan.deploy(STACK, stack(status)));

    String line = String.valueOf(refused.getMessage());
    assertTrue(line.contains(status) && line.contains(advice), line);
    assertFalse(line.contains("\n"));
  }

  @Test
  void functionsNeedADeployment() {
    assertThrows(DeployException.class, () -> DeploymentPlan.existing(STACK, Optional.empty()));
    assertThrows(
        DeployException.class, () -> DeploymentPlan.existing(STACK, stack("REVIEW_IN_PROGRESS")));
    assertEquals(
        "CREATE_COMPLETE", DeploymentPlan.existing(STACK, stack("CREATE_COMPLETE")).status());
  }

  @ParameterizedTest
  @CsvSource({
    "Modify, AWS::DynamoDB::Table, True, true",
    "Modify, AWS::DynamoDB::Table, Conditional, true",
    "Modify, AWS::S3::Bucket, True, true",
    "Remove, AWS::DynamoDB::Table, '', true",
    "Remove, AWS::S3::Bucket, '', true",
    "Modify, AWS::DynamoDB::Table, False, false",
    "Add, AWS::DynamoDB::Table, '', false",
    "Import, AWS::DynamoDB::Table, '', false",
    "Modify, AWS::Lambda::Version, True, false",
    "Remove, AWS::SQS::Queue, '', false"
  })
  void changeThatPutsDataOutOfUseIsRefused(
      String action, String type, String replacement, boolean refused) {
    List<Change> changes = List.of(new Change(action, "NodesTable", type, replacement));

    if (refused) {
      DeployException why =
          assertThrows(DeployException.class, () -> DeploymentPlan.review(changes, false));
      assertTrue(String.valueOf(why.getMessage()).contains("NodesTable"));
    } else {
      assertDoesNotThrow(() -> DeploymentPlan.review(changes, false));
    }
    assertDoesNotThrow(() -> DeploymentPlan.review(changes, true));
  }

  @Test
  void whatIsBeingWorkedOnIsNotRemoved() {
    assertThrows(
        DeployException.class, () -> DeploymentPlan.remove(STACK, stack("UPDATE_IN_PROGRESS")));
    assertTrue(DeploymentPlan.remove(STACK, stack("ROLLBACK_COMPLETE")));
    assertFalse(DeploymentPlan.remove(STACK, Optional.empty()));
  }

  private static Optional<StackState> stack(String status) {
    return Optional.of(new StackState("arn:stack", status, Map.of(), Map.of()));
  }
}
