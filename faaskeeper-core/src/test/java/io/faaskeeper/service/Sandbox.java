package io.faaskeeper.service;

import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A function's way to storage on which it dies, or is frozen, at a chosen call: before the call has
 * its effect, or after it. A sandbox that died reaches nothing any more.
 */
final class Sandbox {
  /** What happens at the chosen call. */
  enum Fate {
    DIES_BEFORE,
    DIES_AFTER,
    FREEZES_BEFORE,
    FREEZES_AFTER
  }

  private Fate fate = Fate.DIES_BEFORE;
  private int at = Integer.MAX_VALUE;
  private final CompletableFuture<Void> thawed = new CompletableFuture<>();
  private int calls;
  private boolean dead;

  /** Chooses a call, counted from the next one as 1. Nothing happens before this was called. */
  void strike(Fate what, int call) {
    fate = what;
    at = calls + call;
  }

  /** How many calls it made so far. */
  int calls() {
    return calls;
  }

  /** Whether the chosen call came. */
  boolean struck() {
    return calls >= at;
  }

  /** Lets a frozen sandbox go on. */
  void thaw() {
    thawed.complete(null);
  }

  ServicePorts wrap(ServicePorts p) {
    return new ServicePorts(
        wrap(TransactionLog.class, p.log()),
        wrap(Watermarks.class, p.watermarks()),
        wrap(NodeStore.class, p.nodes()),
        wrap(ChildStore.class, p.children()),
        wrap(OwnerIndex.class, p.owners()),
        wrap(SessionStore.class, p.sessions()),
        wrap(ProcessRegistry.class, p.processes()),
        wrap(Mailbox.class, p.mailbox()),
        wrap(ClientChannel.class, p.channel()),
        p.clock(),
        p.scheduler());
  }

  <T> T wrap(Class<T> port, T delegate) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> call(delegate, method, args)));
  }

  private @Nullable Object call(Object delegate, Method method, Object[] args) throws Throwable {
    if (method.getReturnType() != CompletionStage.class) {
      return dead ? null : invoke(delegate, method, args);
    }
    calls++;
    if (dead) {
      return failed(method);
    }
    if (calls != at) {
      return invoke(delegate, method, args);
    }
    return switch (fate) {
      case DIES_BEFORE -> {
        dead = true;
        yield failed(method);
      }
      case DIES_AFTER -> {
        invoke(delegate, method, args);
        dead = true;
        yield failed(method);
      }
      case FREEZES_BEFORE -> thawed.thenCompose(x -> stage(delegate, method, args));
      case FREEZES_AFTER -> {
        CompletionStage<?> result = stage(delegate, method, args);
        yield thawed.thenCompose(x -> result);
      }
    };
  }

  private static Object failed(Method method) {
    return CompletableFuture.failedStage(new IllegalStateException("dead at " + method.getName()));
  }

  private static CompletionStage<?> stage(Object delegate, Method method, Object[] args) {
    try {
      return invoke(delegate, method, args) instanceof CompletionStage<?> stage
          ? stage
          : CompletableFuture.completedStage(null);
    } catch (Throwable e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static @Nullable Object invoke(Object delegate, Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(delegate, args);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }
}
