package io.faaskeeper.simulation;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Storage that tells those who watch over a history what takes effect there. */
final class Observed {
  private Observed() {}

  /** Told of an effect. */
  private interface Observer {
    void done(String method, Object[] args, Object value);
  }

  static ServicePorts by(SimulatedStorage.World world, ServicePorts ports) {
    return new ServicePorts(
        wrap(
            TransactionLog.class,
            ports.log(),
            (method, args, value) -> {
              if (value instanceof TransactionLog.Append.Done) {
                append(world.records(), ports.log(), ((LogRecord) args[0]).number());
              }
            }),
        wrap(
            Watermarks.class,
            ports.watermarks(),
            (method, args, value) -> {
              if (value instanceof Watermarks.Advance advance && advance.done()) {
                world.freshness().advanced(advance.now().zxid());
              }
            }),
        ports.nodes(),
        new SmallPages(ports.children()),
        ports.owners(),
        ports.sessions(),
        wrap(
            ProcessRegistry.class,
            ports.processes(),
            (method, args, value) -> {
              if (method.equals("renew") && ((OptionalLong) value).isPresent()) {
                world.lives().renewed((String) args[0]);
              }
            }),
        ports.mailbox(),
        ports.channel(),
        ports.clock(),
        ports.scheduler());
  }

  private static void append(AppendedRecords records, TransactionLog log, long number) {
    if (log.read(number).toCompletableFuture().join() instanceof TransactionLog.Slot.Found it) {
      records.add(it.record());
    }
  }

  private static <T> T wrap(Class<T> type, T port, Observer observer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              Object result;
              try {
                result = method.invoke(port, args);
              } catch (InvocationTargetException | IllegalAccessException e) {
                throw new LinkageError("a port can't be called", e);
              }
              return result instanceof CompletionStage<?> stage
                  ? stage.thenApply(
                      value -> {
                        if (value != null) {
                          observer.done(method.getName(), args, value);
                        }
                        return value;
                      })
                  : result;
            }));
  }
}
