package io.faaskeeper.service;

import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a writer's {@link LogView} and brings it up to date: the watermark first, then the log
 * after it, then nodes and sessions, as they are asked for. In another order a record could be
 * missed.
 */
final class ViewKeeper {
  /** How many reads of storage are in flight at once. */
  private static final int MAX_READS_IN_FLIGHT = 128;

  private static final int MAX_UNAPPLIED_BEFORE_LOOKING = 256;
  private static final int OWNER_PAGE = 1_000;

  private final ServicePorts ports;
  private @Nullable LogView view;

  ViewKeeper(ServicePorts ports) {
    this.ports = ports;
  }

  /** The view; only between {@link #warm} and {@link #forget}. */
  LogView view() {
    LogView known = view;
    if (known == null) {
      throw new IllegalStateException("no view yet");
    }
    return known;
  }

  /** Forgets everything: the log has left this view behind. */
  void forget() {
    view = null;
  }

  /** Makes a view if there is none. */
  CompletionStage<Void> warm() {
    LogView known = view;
    if (known == null) {
      return ports.watermarks().read().thenCompose(this::begin);
    }
    if (known.unapplied().size() > MAX_UNAPPLIED_BEFORE_LOOKING) {
      return look();
    }
    return Async.done();
  }

  /** Reads the watermark. */
  CompletionStage<Void> look() {
    return ports.watermarks().read().thenAccept(view()::applied);
  }

  private CompletionStage<Void> begin(Watermark watermark) {
    LogView fresh = new LogView(watermark);
    view = fresh;
    return catchUp()
        .thenCompose(upToDate -> ports.owners().list(OwnerChange.CLOSING, "", OWNER_PAGE))
        .thenCompose(hints -> confirmClosing(fresh, hints));
  }

  /**
   * Which of the closes that took more than one record are not complete; the hints of the others
   * are removed.
   */
  private CompletionStage<Void> confirmClosing(LogView fresh, List<String> hints) {
    Needs needs = new Needs();
    hints.forEach(hint -> needs.sessions().add(OwnerChange.number(hint)));
    return load(needs)
        .thenCompose(
            done -> {
              List<CompletionStage<Void>> removals = new ArrayList<>();
              for (String hint : hints) {
                Known<SessionState> session = fresh.session(OwnerChange.number(hint));
                if (session == null) {
                  continue; // Storage was ahead of the view: the next cold start sees to it.
                }
                if (session.isPresent() && session.get().isClosing()) {
                  fresh.learnClosing(session.get().id());
                } else {
                  removals.add(ports.owners().remove(OwnerChange.CLOSING, hint, Deadline.NONE));
                }
              }
              return Async.all(removals);
            });
  }

  /**
   * Takes what is in the log after the tail.
   *
   * @return whether the tail was the newest record
   */
  CompletionStage<Boolean> catchUp() {
    boolean[] upToDate = {true};
    return Async.whileTrue(
            () ->
                ports
                    .log()
                    .read(view().tailRecord() + 1)
                    .thenApply(
                        slot -> {
                          if (slot instanceof Slot.Found found) {
                            view().take(found.record());
                            upToDate[0] = false;
                            return true;
                          }
                          if (slot instanceof Slot.Overwritten) {
                            forget();
                            throw new LeftBehindException();
                          }
                          return false;
                        }))
        .thenApply(done -> upToDate[0]);
  }

  /**
   * Reads what a decision needs. If storage is ahead of the view, the log is read, too; some needs
   * then remain.
   */
  CompletionStage<Void> load(Needs needs) {
    boolean[] behind = {false};
    Iterator<String> paths = needs.paths().iterator();
    Iterator<Long> ids = needs.sessions().iterator();
    Iterator<String> owners = needs.owners().iterator();
    return Async.whileTrue(
            () -> {
              List<CompletionStage<BooleanSupplier>> reads = new ArrayList<>();
              while (owners.hasNext() && reads.size() < MAX_READS_IN_FLIGHT) {
                reads.add(readOwned(owners.next()));
              }
              while (ids.hasNext() && reads.size() < MAX_READS_IN_FLIGHT) {
                reads.add(readSession(ids.next()));
              }
              while (paths.hasNext() && reads.size() < MAX_READS_IN_FLIGHT) {
                reads.add(readNode(paths.next()));
              }
              return Async.all(reads)
                  .thenApply(
                      done -> {
                        for (CompletionStage<BooleanSupplier> read : reads) {
                          behind[0] |= !read.toCompletableFuture().join().getAsBoolean();
                        }
                        return owners.hasNext() || ids.hasNext() || paths.hasNext();
                      });
            })
        .thenCompose(done -> behind[0] ? catchUp().thenApply(x -> null) : Async.done());
  }

  /**
   * Reads a node; what is returned makes the view learn it, on the one thread that uses the view.
   */
  private CompletionStage<BooleanSupplier> readNode(String path) {
    return ports
        .nodes()
        .read(path, false)
        .thenApply(stored -> () -> view().learnNode(path, stored));
  }

  private CompletionStage<BooleanSupplier> readSession(long id) {
    return ports.sessions().read(id).thenApply(stored -> () -> view().learnSession(id, stored));
  }

  private CompletionStage<BooleanSupplier> readOwned(String owner) {
    List<String> all = new ArrayList<>();
    return Async.whileTrue(
            () ->
                ports
                    .owners()
                    .list(owner, all.isEmpty() ? "" : all.get(all.size() - 1), OWNER_PAGE)
                    .thenApply(
                        page -> {
                          all.addAll(page);
                          return page.size() == OWNER_PAGE;
                        }))
        .thenApply(
            done ->
                () -> {
                  view().learnOwned(owner, all);
                  return true;
                });
  }

  /** The log has overwritten what a view would have to read next. */
  static final class LeftBehindException extends RuntimeException {
    LeftBehindException() {
      super("the log has gone a whole lap ahead");
    }
  }
}
