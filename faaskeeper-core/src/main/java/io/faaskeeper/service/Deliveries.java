package io.faaskeeper.service;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Watermarks.RecursiveWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which process gets which events of a group: pure. */
final class Deliveries {
  private final Map<String, SortedMap<Long, List<MailboxEvent>>> byProcess = new HashMap<>();

  /**
   * Finds out.
   *
   * @param interest who is interested in each changed node
   * @param recursive who is interested in whole subtrees
   */
  Deliveries(Group group, Map<String, Set<Subscription>> interest, List<RecursiveWatch> recursive) {
    for (Group.NodeEvent e : group.events()) {
      Set<String> processes = new TreeSet<>();
      interest
          .getOrDefault(e.event().path(), Set.of())
          .forEach(subscription -> processes.add(subscription.process()));
      for (RecursiveWatch watch : recursive) {
        if (covers(watch.path(), e.event())) {
          processes.add(watch.subscription().process());
        }
      }
      processes.forEach(process -> add(process, e.zxid(), e.event()));
    }
    group.taken().forEach(t -> add(t.process(), t.zxid(), t.event()));
  }

  private static boolean covers(String root, MailboxEvent event) {
    String path = event.path();
    return event.kind() != MailboxEvent.Kind.CHILDREN_CHANGED
        && path.startsWith(root)
        && (root.length() == 1
            || path.length() == root.length()
            || path.charAt(root.length()) == '/');
  }

  private void add(String process, long zxid, MailboxEvent event) {
    byProcess
        .computeIfAbsent(process, p -> new TreeMap<>())
        .computeIfAbsent(zxid, z -> new ArrayList<>())
        .add(event);
  }

  Map<String, SortedMap<Long, List<MailboxEvent>>> byProcess() {
    return byProcess;
  }
}
