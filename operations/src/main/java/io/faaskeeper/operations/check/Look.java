package io.faaskeeper.operations.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What one look at something showed.
 *
 * @param findings what does not agree
 * @param unsettled whether it is being changed, and can't be judged now
 */
record Look(List<Finding> findings, boolean unsettled) {
  static final Look UNSETTLED = new Look(List.of(), true);

  Look {
    findings = List.copyOf(findings);
  }

  static Look of(List<Finding> findings) {
    return new Look(findings, false);
  }

  boolean isFine() {
    return findings.isEmpty() && !unsettled;
  }

  Look plus(Look other) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(other.findings);
    return new Look(all, unsettled || other.unsettled);
  }
}
