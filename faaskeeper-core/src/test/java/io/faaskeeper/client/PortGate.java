package io.faaskeeper.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands between somebody and ports: records every asynchronous call by a text like {@code
 * "nodes.read /a"}, and holds back, or fails, those that a test names by how they begin.
 */
final class PortGate {
  private final List<String> calls = new ArrayList<>();
  private final List<Hold> holds = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();
  private final Map<String, Object> answers = new HashMap<>();

  /** Calls held back: not made yet, or made and not answered. */
  static final class Hold {
    private final String call;
    private final boolean before;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean open;

    private Hold(String call, boolean before) {
      this.call = call;
      this.before = before;
    }

    int size() {
      return held.size();
    }

    /** Lets one go on. */
    void releaseOne() {
      held.remove().run();
    }

    /** Lets all go on, and holds nothing more. */
    void release() {
      open = true;
      while (!held.isEmpty()) {
        held.remove().run();
      }
    }
  }

  /** Holds calls back before they are made. */
  Hold before(String call) {
    return add(new Hold(call, true));
  }

  /** Makes the calls, and holds their answers back. */
  Hold after(String call) {
    return add(new Hold(call, false));
  }

  private Hold add(Hold hold) {
    holds.add(hold);
    return hold;
  }

  /** Fails these calls, which are not made, until {@link #heal}. */
  void fail(String call) {
    failing.add(call);
  }

  void heal() {
    failing.clear();
  }

  /** Answers the next such call with this, and does not make it. */
  void instead(String call, Object value) {
    answers.put(call, value);
  }

  /** How many calls there were that begin so. */
  long count(String call) {
    return calls.stream().filter(c -> c.startsWith(call)).count();
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void forgetCalls() {
    calls.clear();
  }

  <T> T wrap(Class<T> type, String name, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              if (!CompletionStage.class.isAssignableFrom(method.getReturnType())) {
                return method.invoke(port, args);
              }
              StringBuilder call = new StringBuilder(name + "." + method.getName());
              for (Object arg : args == null ? new Object[0] : args) {
                call.append(' ').append(arg instanceof byte[] ? "" : arg);
              }
              return pass(
                  call.toString(),
                  () -> {
                    try {
                      return (CompletionStage<?>) method.invoke(port, args);
                    } catch (InvocationTargetException e) {
                      throw new AssertionError(e.getCause());
                    } catch (IllegalAccessException e) {
                      throw new AssertionError(e);
                    }
                  });
            }));
  }

  private CompletionStage<?> pass(String call, Supplier<CompletionStage<?>> make) {
    calls.add(call);
    if (failing.stream().anyMatch(call::startsWith)) {
      return CompletableFuture.failedFuture(new IllegalStateException("injected: " + call));
    }
    for (String answered : answers.keySet()) {
      if (call.startsWith(answered)) {
        return CompletableFuture.completedFuture(answers.remove(answered));
      }
    }
    for (Hold hold : holds) {
      if (!hold.open && call.startsWith(hold.call)) {
        CompletableFuture<Object> later = new CompletableFuture<>();
        CompletionStage<?> made = hold.before ? null : make.get();
        hold.held.add(
            () ->
                (made == null ? make.get() : made)
                    .whenComplete(
                        (value, failure) -> {
                          if (failure != null) {
                            later.completeExceptionally(failure);
                          } else {
                            later.complete(value);
                          }
                        }));
        return later;
      }
    }
    return make.get();
  }
}
