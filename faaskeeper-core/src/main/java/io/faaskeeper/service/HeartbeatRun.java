package io.faaskeeper.service;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.WorkerQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat: looks at every process's lease counter. One that has not moved since the last run
 * is watched until its timeout has passed on this machine's clock, in this run if it must be, and
 * reported to the writer. Then it looks for nodes that are due. Not thread-safe: one run at a time.
 */
final class HeartbeatRun implements Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatRun.class);
  private static final int PAGE = 1_000;

  private final ServicePorts ports;
  private final ServiceOptions options;
  private final WorkerQueue queue;
  private final RandomGenerator random;
  private final LeaseHistory history = new LeaseHistory();

  HeartbeatRun(
      ServicePorts ports, ServiceOptions options, WorkerQueue queue, RandomGenerator random) {
    this.ports = ports;
    this.options = options;
    this.queue = queue;
    this.random = random;
  }

  @Override
  public CompletionStage<Report> run(Deadline deadline) {
    return processes()
        .thenCompose(
            rows ->
                suspectStill(rows, deadline)
                    .thenCompose(
                        suspicions ->
                            new DueNodes(ports.owners(), ports.nodes(), ports.clock())
                                .find(deadline)
                                .thenCompose(due -> report(rows, suspicions, due))));
  }

  private CompletionStage<Report> report(
      List<ProcessRow> rows, List<Request.Suspicion> suspicions, List<String> due) {
    List<Request> requests = new ArrayList<>(suspicions);
    due.forEach(path -> requests.add(new Request.Maintenance(new Operation.DeleteContainer(path))));
    int living = (int) rows.stream().filter(row -> !row.fenced()).count();
    return send(requests)
        .thenCompose(done -> switchOffIfNobody(rows))
        .thenApply(left -> new Report(living, suspicions.size(), due.size(), left));
  }

  private CompletionStage<List<ProcessRow>> processes() {
    List<ProcessRow> all = new ArrayList<>();
    return Async.whileTrue(
            () ->
                ports
                    .processes()
                    .list(all.isEmpty() ? "" : all.get(all.size() - 1).name(), PAGE)
                    .thenApply(
                        page -> {
                          all.addAll(page);
                          return page.size() == PAGE;
                        }))
        .thenApply(done -> all);
  }

  private CompletionStage<List<Request.Suspicion>> suspectStill(
      List<ProcessRow> rows, Deadline deadline) {
    long now = ports.clock().nanoTime();
    history.look(rows, now);
    List<CompletionStage<Optional<Request.Suspicion>>> watched = new ArrayList<>();
    for (ProcessRow row : rows) {
      if (history.stoodStill(row, now)) {
        watched.add(watch(row, now, deadline));
      }
    }
    return Async.all(watched)
        .thenApply(
            done ->
                watched.stream().flatMap(w -> w.toCompletableFuture().join().stream()).toList());
  }

  /**
   * Waits until a process has stood still for its timeout, if this run has the time, and looks once
   * more.
   */
  private CompletionStage<Optional<Request.Suspicion>> watch(
      ProcessRow row, long now, Deadline deadline) {
    long still = history.stillNanos(row, now);
    long missing = Duration.ofMillis(row.timeoutMillis()).toNanos() - still;
    if (missing <= 0) {
      return Async.done().thenApply(done -> Optional.of(suspicion(row, still)));
    }
    if (deadline.hasPassed(ports.clock()) || deadline.nanoTime() - now < missing) {
      return Async.done().thenApply(done -> Optional.empty());
    }
    return Async.delay(ports.scheduler(), Duration.ofNanos(missing))
        .thenCompose(done -> ports.processes().read(row.name()))
        .thenApply(
            later ->
                later
                    .filter(l -> l.counter() == row.counter())
                    .map(l -> suspicion(l, still + missing)));
  }

  private static Request.Suspicion suspicion(ProcessRow row, long stillNanos) {
    return new Request.Suspicion(
        row.name(), row.counter(), Duration.ofNanos(stillNanos).toMillis());
  }

  private CompletionStage<Void> send(List<Request> requests) {
    if (requests.isEmpty()) {
      return Async.done();
    }
    byte[] message = Codec.encode(new RequestMessage(RequestMessage.SERVICE, "", requests));
    byte[] sealed = Seal.seal(options.deploymentSecret(), Seal.Direction.TO_WRITER, message);
    String id = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    return queue.send(random.nextInt(queue.groups()), id, sealed);
  }

  /**
   * Switches the heartbeat off if nobody is there. A process has a row before it has a session, and
   * the watermark passes the beginning of a session only while the heartbeat is on. So if it has
   * not moved since before the last look, whose session begins now will find the heartbeat off and
   * switch it on.
   */
  private CompletionStage<Boolean> switchOffIfNobody(List<ProcessRow> rows) {
    if (!rows.isEmpty()) {
      return Async.done().thenApply(done -> true);
    }
    return ports
        .watermarks()
        .read()
        .thenCompose(
            seen ->
                ports
                    .processes()
                    .list("", 1)
                    .thenCompose(
                        found ->
                            found.isEmpty()
                                ? switchOff(seen)
                                : Async.done().thenApply(done -> true)));
  }

  private CompletionStage<Boolean> switchOff(Watermark seen) {
    return ports
        .watermarks()
        .switchOff(seen)
        .thenApply(
            now -> {
              if (!now.heartbeat()) {
                LOG.info("no processes: the heartbeat is off until a session begins");
              }
              return now.heartbeat();
            });
  }
}
