package io.faaskeeper.deploy.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares calls with grants: pure. */
final class PolicyCheck {
  private PolicyCheck() {}

  /** The calls that no grant allows. */
  static List<Call> denied(Collection<Call> calls, Collection<Grant> grants) {
    return calls.stream()
        .filter(call -> grants.stream().noneMatch(grant -> grant.allows(call)))
        .toList();
  }

  /** The grants that no call needs; one with attributes needs a use of each of them. */
  static List<Grant> unused(Collection<Call> calls, Collection<Grant> grants) {
    List<Grant> unused = new ArrayList<>();
    for (Grant grant : grants) {
      List<Call> uses = calls.stream().filter(grant::allows).toList();
      Set<String> used = new TreeSet<>();
      uses.forEach(call -> used.addAll(call.attributes()));
      if (uses.isEmpty() || !used.containsAll(grant.attributes())) {
        unused.add(grant);
      }
    }
    return unused;
  }
}
