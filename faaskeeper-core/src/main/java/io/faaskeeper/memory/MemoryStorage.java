package io.faaskeeper.memory;

import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;
import java.time.Duration;

/**
 * All that one deployment stores, in this JVM's memory. Its ports are thread-safe, every operation
 * on one item is atomic, and the stages they return are complete already: a read never leaves the
 * caller's thread. A change after its deadline fails with a {@link
 * io.faaskeeper.port.DeadlinePassedException}. Arrays are shared with the caller, who does not
 * modify them.
 *
 * <p>Tombstones, items of children that are gone, placeholders, closed sessions and mailbox items
 * are forgotten once they were not written for the retention; later changes of anything do that, a
 * few items each. The mailbox of a process goes with its row.
 */
public final class MemoryStorage {
  /** How long a deployment keeps what is forgotten by itself. */
  public static final Duration RETENTION = Duration.ofDays(1);

  private final TransactionLog log;
  private final Watermarks watermarks;
  private final NodeStore nodes;
  private final ChildStore children;
  private final OwnerIndex owners;
  private final SessionStore sessions;
  private final ProcessRegistry processes;
  private final Mailbox mailbox;

  /**
   * @param clock tells deadlines and retention
   * @param slots the size of the log's ring
   */
  public MemoryStorage(Clock clock, int slots) {
    this(clock, slots, RETENTION);
  }

  /**
   * @param retention instead of {@link #RETENTION}. It must be longer than a batch may take to its
   *     deadline and than any process goes without reading its mailbox. Where all processes are in
   *     this JVM, minutes are enough, and take less memory under load.
   */
  public MemoryStorage(Clock clock, int slots, Duration retention) {
    Retention forgetting = new Retention(clock, retention);
    Changes changes = new Changes(clock, forgetting);
    MemoryMailbox mailboxes = new MemoryMailbox(changes, forgetting);
    this.log = new MemoryLog(changes, slots);
    this.watermarks = new MemoryWatermarks(changes);
    this.nodes = new MemoryNodes(changes, forgetting);
    this.children = new MemoryChildren(changes, forgetting);
    this.owners = new MemoryOwners(changes);
    this.sessions = new MemorySessions(changes, forgetting);
    this.processes = new MemoryProcesses(changes, mailboxes::forget);
    this.mailbox = mailboxes;
  }

  public TransactionLog log() {
    return log;
  }

  public Watermarks watermarks() {
    return watermarks;
  }

  public NodeStore nodes() {
    return nodes;
  }

  public ChildStore children() {
    return children;
  }

  public OwnerIndex owners() {
    return owners;
  }

  public SessionStore sessions() {
    return sessions;
  }

  public ProcessRegistry processes() {
    return processes;
  }

  public Mailbox mailbox() {
    return mailbox;
  }
}
