package io.faaskeeper.functions;

import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a handler has ready for its events. Lambda's SnapStart takes a snapshot of an instance that
 * has seen no event, and any number of instances go on from it, at any later time. So the snapshot
 * is to hold what makes a start slow, loaded and linked classes, and nothing that may be there once
 * only, or for a while: connections, credentials, the state of random generators, clocks that were
 * read, a view of the log. All that is closed before the snapshot, and made anew by each instance
 * that goes on.
 *
 * <p>Lambda calls the hooks while there is no event. It knows resources by weak references only:
 * the handler has to keep this.
 *
 * @param <T> what takes the events
 */
final class Prepared<T extends AutoCloseable> implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Prepared.class);

  /** Does what an event with nothing in it would. */
  interface Rehearsal<T> {
    void run(T made) throws Exception;
  }

  private final Supplier<T> maker;
  private final Rehearsal<T> rehearsal;
  private T made;

  private Prepared(Supplier<T> maker, Rehearsal<T> rehearsal) {
    this.maker = maker;
    this.rehearsal = rehearsal;
    this.made = maker.get();
  }

  /**
   * Makes it, and has it told of snapshots.
   *
   * @param maker makes all of it
   * @param rehearsal run before a snapshot, so that what an event needs is loaded in it
   */
  static <T extends AutoCloseable> Prepared<T> of(Supplier<T> maker, Rehearsal<T> rehearsal) {
    Prepared<T> prepared = new Prepared<>(maker, rehearsal);
    Core.getGlobalContext().register(prepared);
    return prepared;
  }

  T get() {
    return made;
  }

  /** A rehearsal that fails makes later starts slower: no reason to have no snapshot. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    try {
      rehearsal.run(made);
    } catch (Exception e) {
      LOG.warn("the rehearsal before the snapshot failed", e);
    } finally {
      made.close();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    made = maker.get();
  }
}
