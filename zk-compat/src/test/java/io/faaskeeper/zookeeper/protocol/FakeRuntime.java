package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.ProcessMonitor;
import io.faaskeeper.model.Credential;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A process whose sessions a test makes. Every attempt to get one is a {@link Call}. */
public final class FakeRuntime implements ClientRuntime {
  /** One attempt; a new session's {@code sessionId} is 0. */
  public record Call(
      long sessionId,
      int timeoutMillis,
      long lastZxidSeen,
      CompletableFuture<ConnectResult> result) {}

  public final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  public volatile boolean closed;

  /** What an attempt becomes at once; null leaves it open. */
  private final Function<Call, ConnectResult> answers;

  private final boolean atOnce;

  private FakeRuntime(boolean atOnce, Function<Call, ConnectResult> answers) {
    this.atOnce = atOnce;
    this.answers = answers;
  }

  /** Answers every attempt at once. */
  public static FakeRuntime answering(Function<Call, ConnectResult> answers) {
    return new FakeRuntime(true, answers);
  }

  /** Gives every attempt this session. */
  public static FakeRuntime with(FakeSession session) {
    return answering(call -> new ConnectResult.Connected(session));
  }

  /** Leaves every attempt to the test. */
  public static FakeRuntime silent() {
    return new FakeRuntime(false, call -> new ConnectResult.Expired());
  }

  /** The next attempt, waited for. */
  public Call next() throws InterruptedException {
    Call call = calls.poll(30, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no attempt came");
    }
    return call;
  }

  @Override
  public CompletionStage<ConnectResult> open(int timeoutMillis, List<Credential> identity) {
    return call(new Call(0, timeoutMillis, 0, new CompletableFuture<>()));
  }

  @Override
  public CompletionStage<ConnectResult> attach(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity) {
    return call(new Call(sessionId, timeoutMillis, lastZxidSeen, new CompletableFuture<>()));
  }

  private CompletionStage<ConnectResult> call(Call call) {
    calls.add(call);
    if (atOnce) {
      call.result().complete(answers.apply(call));
    }
    return call.result();
  }

  @Override
  public ProcessMonitor monitor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void halt() {
    closed = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
