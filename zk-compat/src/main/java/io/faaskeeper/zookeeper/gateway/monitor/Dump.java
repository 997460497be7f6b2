package io.faaskeeper.zookeeper.gateway.monitor;

import io.faaskeeper.client.ProcessReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code dump} tells: sessions and connections by the moment at which they expire, and the
 * sessions' ephemerals.
 *
 * @param ephemerals paths by session, of those that have any
 * @param intervalMillis moments are rounded up to multiples of this
 */
record Dump(
    ProcessReport report,
    Map<Long, List<String>> ephemerals,
    Collection<? extends MonitoredConnection> connections,
    int intervalMillis) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  String text(long nowMillis) {
    Map<Long, Long> due = new HashMap<>();
    for (ProcessReport.HeldSession session : report.sessions()) {
      due.put(session.id(), rounded(nowMillis + session.expiresInMillis()));
    }
    Map<Long, List<String>> sessions = new TreeMap<>();
    due.forEach((id, at) -> list(sessions, at).add("0x" + Long.toHexString(id)));
    Map<Long, List<String>> connected = new TreeMap<>();
    for (MonitoredConnection connection : connections) {
      Long at = due.get(connection.sessionId());
      if (at != null) {
        list(connected, at).add(ConnectionLine.of(connection, false).strip());
      }
    }
    StringBuilder text = new StringBuilder("SessionTracker dump:\nSession ");
    sets(text, sessions);
    text.append("ephemeral nodes dump:\n");
    text.append("Sessions with Ephemerals (").append(ephemerals.size()).append("):\n");
    ephemerals.forEach(
        (id, paths) -> {
          text.append("0x").append(Long.toHexString(id)).append(":\n");
          paths.forEach(path -> text.append('\t').append(path).append('\n'));
        });
    text.append("Connections dump:\nConnections ");
    sets(text, connected);
    return text.toString();
  }

  private long rounded(long millis) {
    return (millis / intervalMillis + 1) * intervalMillis;
  }

  private static List<String> list(Map<Long, List<String>> byMoment, long at) {
    return byMoment.computeIfAbsent(at, moment -> new ArrayList<>());
  }

  private static void sets(StringBuilder text, Map<Long, List<String>> byMoment) {
    int elements = byMoment.values().stream().mapToInt(List::size).sum();
    text.append("Sets (").append(byMoment.size()).append(")/(").append(elements).append("):\n");
    byMoment.forEach(
        (at, members) -> {
          text.append(members.size())
              .append(" expire at ")
              .append(DATE.format(Instant.ofEpochMilli(at)))
              .append(":\n");
          members.forEach(member -> text.append('\t').append(member).append('\n'));
        });
  }
}
