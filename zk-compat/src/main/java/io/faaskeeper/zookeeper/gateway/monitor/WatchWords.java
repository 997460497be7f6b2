package io.faaskeeper.zookeeper.gateway.monitor;

import io.faaskeeper.client.ProcessReport;
import io.faaskeeper.client.ProcessReport.HeldSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the words about watches tell: of data watches only, as a server does.
 *
 * @param watching the sessions that have some
 */
record WatchWords(List<HeldSession> watching) {
  static WatchWords of(ProcessReport report) {
    return new WatchWords(
        report.sessions().stream().filter(s -> !s.dataWatches().isEmpty()).toList());
  }

  /** What {@code wchs} tells. */
  String summary() {
    long paths = watching.stream().flatMap(s -> s.dataWatches().stream()).distinct().count();
    int total = watching.stream().mapToInt(s -> s.dataWatches().size()).sum();
    return watching.size()
        + " connections watching "
        + paths
        + " paths\nTotal watches:"
        + total
        + "\n";
  }

  /** What {@code wchc} tells. */
  String bySession() {
    StringBuilder text = new StringBuilder();
    for (HeldSession session : watching) {
      text.append(hex(session)).append('\n');
      session.dataWatches().forEach(path -> text.append('\t').append(path).append('\n'));
    }
    return text.append('\n').toString();
  }

  /** What {@code wchp} tells. */
  String byPath() {
    Map<String, List<HeldSession>> watchers = new TreeMap<>();
    for (HeldSession session : watching) {
      session
          .dataWatches()
          .forEach(path -> watchers.computeIfAbsent(path, p -> new ArrayList<>()).add(session));
    }
    StringBuilder text = new StringBuilder();
    watchers.forEach(
        (path, sessions) -> {
          text.append(path).append('\n');
          sessions.forEach(session -> text.append('\t').append(hex(session)).append('\n'));
        });
    return text.append('\n').toString();
  }

  private static String hex(HeldSession session) {
    return "0x" + Long.toHexString(session.id());
  }
}
