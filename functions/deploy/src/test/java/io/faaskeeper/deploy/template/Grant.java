package io.faaskeeper.deploy.template;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * That somebody may do something with a resource.
 *
 * @param principal as in {@link Call}
 * @param action one action, without wildcards
 * @param resource the ARN; asterisks stand for anything
 * @param attributes those of an item that may be named; empty for all
 * @param leadingKey the only partition that may be named; empty for all
 */
record Grant(
    String principal, String action, String resource, Set<String> attributes, String leadingKey) {
  Grant {
    attributes = Set.copyOf(attributes);
  }

  /** Whether it allows this call. */
  boolean allows(Call call) {
    return principal.equals(call.principal())
        && action.equals(call.action())
        && Pattern.matches(
            ".*[:]" + ("\\Q" + resourceName() + "\\E").replace("*", "\\E.*\\Q"),
            ":" + call.resource())
        && (attributes.isEmpty() || attributes.containsAll(call.attributes()))
        && (leadingKey.isEmpty() || leadingKey.equals(call.leadingKey()));
  }

  /** What the ARN names in its account: all after the fifth colon. */
  private String resourceName() {
    return resource.split(":", 6)[5];
  }
}
