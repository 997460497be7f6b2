package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.host.lambda.Account;
import io.faaskeeper.host.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A rule of EventBridge: invokes a function at a fixed rate while it is on, as it is at first.
 * Where an invocation falls while all instances are busy, it is left out. EventBridge's rates are
 * whole minutes, this one's any.
 */
public final class Schedule implements AutoCloseable {
  private final Future<?> timer;
  private final AtomicBoolean on;

  private Schedule(Future<?> timer, AtomicBoolean on) {
    this.timer = timer;
    this.on = on;
  }

  /** Fires for the first time when one period has passed. */
  public static Schedule start(
      Account account,
      String rule,
      Duration period,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      ScheduledExecutorService timers,
      Clock clock) {
    AtomicBoolean on = new AtomicBoolean(true);
    Runnable fire =
        () -> {
          if (on.get()) {
            var unused = invoke.apply(event(account, rule, clock.instant()));
          }
        };
    return new Schedule(
        timers.scheduleAtFixedRate(fire, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS),
        on);
  }

  /** Switches it on or off. */
  public void switchTo(boolean toOn) {
    on.set(toOn);
  }

  public boolean isOn() {
    return on.get();
  }

  @Override
  public void close() {
    timer.cancel(false);
  }

  static byte[] event(Account account, String rule, Instant time) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", account.id());
    event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", account.region());
    event.putArray("resources").add(account.ruleArn(rule));
    event.putObject("detail");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
