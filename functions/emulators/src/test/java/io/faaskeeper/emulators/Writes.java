package io.faaskeeper.emulators;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.Samples;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests of a deployment that is some weeks old, as log and storage get them. */
final class Writes {
  static final long ZXID = 5_000_000;
  static final String PARENT = "/applications/shop";
  static final byte[] KIBIBYTE = Samples.data(1024, 1);

  private static final long TIME = 1_790_000_000_000L;
  private static final long SESSION = 0x1234_5678_9abc_def0L;
  private static final String PROCESS = Samples.freshProcess();

  private Writes() {}

  static String path(int index) {
    return PARENT + "/item-" + (1000 + index);
  }

  static SessionState session(long zxid) {
    return new SessionState(
        SESSION,
        zxid,
        SessionState.Status.OPEN,
        40_000,
        PROCESS,
        1,
        0,
        zxid / 20,
        zxid / 10,
        zxid / 2);
  }

  static NodeStat stat(long zxid, int dataLength) {
    return new NodeStat(zxid / 2, zxid, TIME, TIME + 9, 300, 200, 0, 0, dataLength, 100, zxid - 1);
  }

  static NodeUpdate setData(int index, long zxid) {
    return new NodeUpdate(path(index), zxid, true, stat(zxid, 1024), 0, null, KIBIBYTE);
  }

  static NodeUpdate create(String path, long zxid, int bytes) {
    return new NodeUpdate(path, zxid, true, stat(zxid, bytes), 0, Acl.OPEN, Samples.data(bytes, 1));
  }

  static NodeUpdate delete(int index, long zxid) {
    return new NodeUpdate(path(index), zxid, false, stat(zxid, 1024), 0, null, null);
  }

  /** A child of it was created or deleted. */
  static NodeUpdate touch(String path, long zxid, int bytes) {
    return new NodeUpdate(path, zxid, true, stat(zxid, bytes), 77L << 50, null, null);
  }

  /** As many setData of one session, on as many nodes. */
  static LogRecord setDataRecord(long number, int count) {
    return record(
        number,
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    entry(
                        ZXID + i,
                        new Result.DataSet(stat(ZXID + i, 1024)),
                        change(path(i), NodeChange.Kind.DATA, ZXID + i, null, KIBIBYTE)))
            .toList());
  }

  static LogRecord createRecord(long number) {
    return record(
        number,
        List.of(
            entry(
                ZXID,
                new Result.Created(path(0), stat(ZXID, 1024)),
                change(path(0), NodeChange.Kind.CREATED, ZXID, Acl.OPEN, KIBIBYTE),
                change(PARENT, NodeChange.Kind.CHILDREN, ZXID, null, null))));
  }

  static LogRecord deleteRecord(long number) {
    return record(
        number,
        List.of(
            entry(
                ZXID,
                new Result.Deleted(),
                change(path(0), NodeChange.Kind.DELETED, ZXID, Acl.OPEN, null),
                change(PARENT, NodeChange.Kind.CHILDREN, ZXID, null, null))));
  }

  @SuppressWarnings("NullAway") // javac 17 forgets the annotations of a compact constructor.
  private static NodeChange change(
      String path,
      NodeChange.Kind kind,
      long zxid,
      @Nullable List<Acl> acl,
      byte @Nullable [] data) {
    return new NodeChange(path, kind, stat(zxid, 1024), 77L << 50, acl, data);
  }

  private static LogEntry entry(long zxid, Result result, NodeChange... nodes) {
    return new LogEntry(zxid, session(zxid), zxid / 10, zxid / 2, true, result, List.of(nodes), "");
  }

  private static LogRecord record(long number, List<LogEntry> entries) {
    return new LogRecord(number, Samples.freshNumber(), entries);
  }
}
