package io.faaskeeper.functions;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog.Append;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the stages of one sandbox do, by watching their ports; on level DEBUG it also logs
 * every request that is logged, with its session and zxid. One event at a time: reset, work,
 * snapshot. Thread-safe.
 */
final class StageMeter {
  private static final Logger LOG = LoggerFactory.getLogger(StageMeter.class);
  private static final double NANOS_PER_MILLI = 1e6;

  private final Clock clock;
  private final Map<String, Long> mailboxes = new HashMap<>();
  private @Nullable Long conflicts;
  private @Nullable Long expired;
  private @Nullable Long atHandNanos;
  private @Nullable Long applyNanos;
  private long tailRecord;
  private long appliedRecord;

  StageMeter(Clock clock) {
    this.clock = clock;
  }

  /** Ports that do the same, watched. */
  ServicePorts watch(ServicePorts ports) {
    return new ServicePorts(
        new MeteredLog(ports.log(), this),
        new MeteredWatermarks(ports.watermarks(), this),
        ports.nodes(),
        ports.children(),
        ports.owners(),
        ports.sessions(),
        ports.processes(),
        new MeteredMailbox(ports.mailbox(), this),
        ports.channel(),
        ports.clock(),
        ports.scheduler());
  }

  /** Forgets what was counted; not how far log and watermark are. */
  synchronized void reset() {
    mailboxes.clear();
    conflicts = null;
    expired = null;
    atHandNanos = null;
    applyNanos = null;
  }

  synchronized StageCounts snapshot() {
    boolean knowsLag = appliedRecord > 0 && tailRecord > 0;
    return new StageCounts(
        conflicts,
        applyNanos == null ? null : applyNanos / NANOS_PER_MILLI,
        knowsLag ? Math.max(0, tailRecord - appliedRecord) : null,
        mailboxes.values().stream().max(Long::compare).orElse(null),
        expired);
  }

  synchronized void appended(LogRecord record, Append append) {
    conflicts = (conflicts == null ? 0 : conflicts) + (append instanceof Append.Done ? 0 : 1);
    if (append instanceof Append.Done) {
      long before = expired == null ? 0 : expired;
      expired = before + record.entries().stream().filter(StageMeter::isExpiry).count();
      tailRecord = Math.max(tailRecord, record.number());
      atHandNanos = clock.nanoTime();
      record.entries().forEach(entry -> log(record, entry));
    } else if (append instanceof Append.Lost lost) {
      tailRecord = Math.max(tailRecord, lost.winner().number());
    }
  }

  /** The last of the steps in which a session ends that its client did not close. */
  private static boolean isExpiry(LogEntry entry) {
    SessionState session = entry.session();
    return session != null
        && session.status() == SessionState.Status.CLOSED
        && entry.result() instanceof Result.SessionClosed
        && entry.seq() == 0;
  }

  private static void log(LogRecord record, LogEntry entry) {
    SessionState session = entry.session();
    LOG.atDebug()
        .addKeyValue("session", session == null ? "" : "0x" + Long.toHexString(session.id()))
        .addKeyValue("zxid", entry.zxid())
        .addKeyValue("seq", entry.seq())
        .addKeyValue("record", record.number())
        .log(
            "{}, {} nodes changed",
            entry.result().getClass().getSimpleName(),
            entry.nodes().size());
  }

  /** A record was read; if it is not applied yet, it is to be. */
  synchronized void atHand(LogRecord record) {
    tailRecord = Math.max(tailRecord, record.number());
    if (record.number() > appliedRecord && atHandNanos == null) {
      atHandNanos = clock.nanoTime();
    }
  }

  synchronized void seen(Watermark watermark) {
    appliedRecord = Math.max(appliedRecord, watermark.record());
  }

  synchronized void advanced(Watermarks.Advance advance) {
    seen(advance.now());
    if (advance.done() && atHandNanos != null) {
      applyNanos = (applyNanos == null ? 0 : applyNanos) + clock.nanoTime() - atHandNanos;
      atHandNanos = null;
    }
  }

  synchronized void mailed(String process) {
    mailboxes.merge(process, 1L, Long::sum);
  }
}
