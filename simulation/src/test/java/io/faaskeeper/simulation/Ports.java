package io.faaskeeper.simulation;

import io.faaskeeper.port.ServicePorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Replaces single methods of ports by wrong ones. */
final class Ports {
  private Ports() {}

  /** The sound method, to be called with arguments of one's own. */
  interface Sound {
    CompletionStage<?> call(Object... args);
  }

  /** What is done instead; gets the sound method and the arguments. */
  interface Wrong {
    CompletionStage<?> call(Sound sound, Object... args);
  }

  /** These ports, but for one method of one of them. */
  static UnaryOperator<ServicePorts> replace(String method, Wrong wrong) {
    return ports ->
        new ServicePorts(
            wrap(ports.log(), method, wrong),
            wrap(ports.watermarks(), method, wrong),
            wrap(ports.nodes(), method, wrong),
            wrap(ports.children(), method, wrong),
            wrap(ports.owners(), method, wrong),
            wrap(ports.sessions(), method, wrong),
            wrap(ports.processes(), method, wrong),
            wrap(ports.mailbox(), method, wrong),
            ports.channel(),
            ports.clock(),
            ports.scheduler());
  }

  /**
   * A port with one method replaced.
   *
   * @param method the port's type and the method, as {@code NodeStore.apply}
   */
  @SuppressWarnings("unchecked")
  private static <T> T wrap(T port, String method, Wrong wrong) {
    String name = method.substring(method.indexOf('.') + 1);
    Class<?> type =
        Arrays.stream(port.getClass().getInterfaces())
            .filter(i -> method.startsWith(i.getSimpleName() + "."))
            .findFirst()
            .orElse(null);
    if (type == null) {
      return port;
    }
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, args) ->
                called.getName().equals(name)
                    ? attempt(
                        wrong, other -> (CompletionStage<?>) invoke(port, called, other), args)
                    : invoke(port, called, args));
  }

  /** What a sound call fails with, the wrong one fails with. */
  private static CompletionStage<?> attempt(Wrong wrong, Sound sound, Object... args) {
    try {
      return wrong.call(sound, args);
    } catch (CompletionException e) {
      return CompletableFuture.failedStage(e.getCause());
    }
  }

  private static Object invoke(Object port, Method method, Object[] args) {
    try {
      return method.invoke(port, args);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new LinkageError("a port can't be called", e);
    }
  }

  /** A complete stage. */
  static CompletionStage<?> done(Object value) {
    return CompletableFuture.completedFuture(value);
  }

  /** One of so many calls of a method has no effect, and this answer. */
  static UnaryOperator<ServicePorts> lose(String method, int oneOf, @Nullable Object answer) {
    AtomicInteger calls = new AtomicInteger();
    return replace(
        method,
        (sound, args) ->
            calls.incrementAndGet() % oneOf == 0
                ? CompletableFuture.completedFuture(answer)
                : sound.call(args));
  }

  /** A method has no effect, and always this answer. */
  static UnaryOperator<ServicePorts> always(String method, Object answer) {
    return replace(method, (sound, args) -> done(answer));
  }

  /** Completes a sound call's stage after a while. */
  static CompletionStage<?> later(ServicePorts ports, Supplier<CompletionStage<?>> call) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    ports
        .scheduler()
        .schedule(
            Duration.ofMillis(20),
            () ->
                call.get()
                    .whenComplete(
                        (value, failure) -> {
                          if (failure == null) {
                            result.complete(value);
                          } else {
                            result.completeExceptionally(failure);
                          }
                        }));
    return result;
  }

  /** What a complete stage has. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a proxy knows no types
  static <T> T join(CompletionStage<?> stage) {
    return (T) stage.toCompletableFuture().join();
  }
}
