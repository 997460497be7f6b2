package io.faaskeeper.aws;

import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.B;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import io.faaskeeper.aws.TableSchema.KeyAttribute;
import java.util.List;

/**
 * The tables of a deployment, cut by who may do what:
 *
 * <table>
 *   <caption>Who may do what; functions may do everything that their stage needs.</caption>
 *   <tr><th>table</th><th>clients may</th></tr>
 *   <tr><td>log, log-parts, sessions</td><td>nothing</td></tr>
 *   <tr><td>state</td><td>read; move the generation (attribute g of the watermark), put and delete
 *   recursive watches</td></tr>
 *   <tr><td>nodes</td><td>read; update attributes i and e</td></tr>
 *   <tr><td>children, data-parts, owners, mailboxes</td><td>read</td></tr>
 *   <tr><td>processes</td><td>read, put, update attributes c and t</td></tr>
 *   <tr><td>secrets, messages</td><td>put</td></tr>
 *   <tr><td>worker</td><td>update</td></tr>
 * </table>
 *
 * <p>Names of attributes have one letter, since they are billed with every item.
 */
public final class Tables {
  /** The ring: record n in slot n mod N; in {@link DynamoLog#RING_SLOT} the number of slots. */
  public static final TableSchema LOG =
      new TableSchema("log", new KeyAttribute("s", N), null, false);

  /** Bodies of large log records. */
  public static final TableSchema LOG_PARTS =
      new TableSchema("log-parts", new KeyAttribute("k", B), null, true);

  /** The watermark, and the recursive watches. */
  public static final TableSchema STATE =
      new TableSchema("state", new KeyAttribute("k", S), new KeyAttribute("n", B), false);

  /** One item per node, tombstone or placeholder. */
  public static final TableSchema NODES =
      new TableSchema("nodes", new KeyAttribute("k", B), null, true);

  /** One small item per child, under its parent's key. */
  public static final TableSchema CHILDREN =
      new TableSchema("children", new KeyAttribute("p", B), new KeyAttribute("n", B), true);

  /** Data that is too large for a node's item. */
  public static final TableSchema DATA_PARTS =
      new TableSchema("data-parts", new KeyAttribute("k", B), null, false);

  /** The owner index. */
  public static final TableSchema OWNERS =
      new TableSchema("owners", new KeyAttribute("o", B), new KeyAttribute("n", B), false);

  /** One row per session. */
  public static final TableSchema SESSIONS =
      new TableSchema("sessions", new KeyAttribute("s", B), null, true);

  /** The client processes, in one partition. */
  public static final TableSchema PROCESSES =
      new TableSchema("processes", new KeyAttribute("k", S), new KeyAttribute("n", B), false);

  /** The channel secrets of the client processes. */
  public static final TableSchema SECRETS =
      new TableSchema("secrets", new KeyAttribute("n", B), null, false);

  /** What happened that a process is interested in. */
  public static final TableSchema MAILBOXES =
      new TableSchema("mailboxes", new KeyAttribute("p", B), new KeyAttribute("z", B), true);

  /** Bodies of large messages on the worker queue. */
  public static final TableSchema MESSAGES =
      new TableSchema("messages", new KeyAttribute("k", B), null, true);

  /** The worker queue where it is a table: one item per message group. */
  public static final TableSchema WORKER =
      new TableSchema("worker", new KeyAttribute("g", N), null, false);

  /** Those that every deployment has. */
  public static final List<TableSchema> ALL =
      List.of(
          LOG,
          LOG_PARTS,
          STATE,
          NODES,
          CHILDREN,
          DATA_PARTS,
          OWNERS,
          SESSIONS,
          PROCESSES,
          SECRETS,
          MAILBOXES,
          MESSAGES);

  private Tables() {}
}
