package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Push;
import io.faaskeeper.port.ClientPorts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client runtime: one process after the other, each under a name of its own. */
final class DefaultClientRuntime implements ClientRuntime, ClientProcess.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultClientRuntime.class);

  /** How long closing waits for the lease to be given up. */
  private static final int CLOSE_MAX_MILLIS = 1_000;

  private final ClientPorts ports;
  private final ClientOptions options;
  private final RandomGenerator random;
  private final RunQueue queue;
  private final PushGate gate;

  /** Written in tasks of the run queue. */
  private volatile @Nullable ClientProcess process;

  private final ProcessMonitor monitor;
  private boolean closed;

  DefaultClientRuntime(ClientPorts ports, ClientOptions options, RandomGenerator random) {
    this.ports = ports;
    this.options = options;
    this.random = random;
    this.queue = new RunQueue(ports.clock(), ports.scheduler(), this::broken);
    this.gate = new PushGate(ports.clock());
    this.monitor = new DefaultProcessMonitor(queue, ports, options, this::heldSessions);
  }

  void begin() {
    ports.channel().receive(this::receive);
  }

  private void receive(byte[] sealed) {
    ClientProcess now = process;
    if (now != null) {
      Optional<Push> push = gate.open(now.identity(), sealed);
      push.ifPresent(opened -> queue.execute(() -> now.push(opened)));
    }
  }

  @Override
  public CompletionStage<ConnectResult> open(int timeoutMillis, List<Credential> identity) {
    return connect(0, new byte[0], timeoutMillis, 0, identity);
  }

  @Override
  public CompletionStage<ConnectResult> attach(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity) {
    if (sessionId == 0) {
      throw new IllegalArgumentException("no session has id 0");
    }
    return connect(sessionId, password, timeoutMillis, lastZxidSeen, identity);
  }

  private CompletionStage<ConnectResult> connect(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity) {
    CompletableFuture<ConnectResult> result = new CompletableFuture<>();
    Connects.Wanted wanted =
        new Connects.Wanted(
            sessionId,
            password.clone(),
            options.negotiate(timeoutMillis),
            lastZxidSeen,
            List.copyOf(identity),
            result);
    queue.execute(
        () -> {
          queue.after(options.patienceMillis(), () -> giveUp(result));
          connect(wanted);
        });
    return result;
  }

  private static void giveUp(CompletableFuture<ConnectResult> result) {
    result.complete(new ConnectResult.Dropped("the service could not be reached"));
  }

  private void connect(Connects.Wanted wanted) {
    if (closed) {
      wanted.result().complete(new ConnectResult.Dropped("the client is closed"));
      return;
    }
    ClientProcess now = process;
    if (now == null) {
      now = new ClientProcess(ProcessIdentity.random(random), ports, options, queue, random, this);
      process = now;
    }
    now.connect(wanted);
  }

  @Override
  public void processEnded(ClientProcess ended) {
    process = null;
    ports.channel().end(ended.identity().name());
    ended.wanted().forEach(this::connect);
  }

  /**
   * A task ended with an error, and what it left half done is unknown: another process takes the
   * place of this one. Its sessions live on, to be attached.
   */
  private void broken(Error error) {
    LOG.error("a task of the client ended with an error: all connections end", error);
    ClientProcess now = process;
    if (now != null) {
      process = null;
      now.abandon("the client failed: " + error);
      queue.execute(
          () -> {
            ports.channel().end(now.identity().name());
            now.wanted().forEach(this::connect);
          });
    }
  }

  private List<ProcessReport.HeldSession> heldSessions() {
    ClientProcess now = process;
    return now == null ? List.of() : now.report();
  }

  @Override
  public ProcessMonitor monitor() {
    return monitor;
  }

  @Override
  public void halt() {
    queue.execute(
        () -> {
          closed = true;
          ClientProcess now = process;
          process = null;
          if (now != null) {
            now.end("the client was halted");
            now.wanted().forEach(this::connect);
          }
        });
    ports.channel().close();
  }

  @Override
  public void close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.execute(
        () -> {
          closed = true;
          ClientProcess now = process;
          process = null;
          if (now == null) {
            done.complete(null);
          } else {
            now.giveUp("the client is closed")
                .thenRun(
                    () -> {
                      ports.channel().end(now.identity().name());
                      done.complete(null);
                    });
            now.wanted().forEach(this::connect);
          }
        });
    try {
      done.get(CLOSE_MAX_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the lease could not be given up, it will run out", e);
    }
    ports.channel().close();
  }
}
