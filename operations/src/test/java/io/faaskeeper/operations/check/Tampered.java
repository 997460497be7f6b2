package io.faaskeeper.operations.check;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Storage of which one operation answers something else. */
final class Tampered {
  private Tampered() {}

  /**
   * A port.
   *
   * @param operation whose answer is changed
   * @param argument only if this is the first argument; empty text for any
   */
  static <T, A> T port(
      Class<T> type, T port, String operation, Object argument, UnaryOperator<A> change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(port, arguments);
                return method.getName().equals(operation)
                        && (argument.equals("") || argument.equals(arguments[0]))
                    ? changed(answer, change)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @SuppressWarnings("unchecked") // the test knows what the operation answers
  private static <A> CompletionStage<A> changed(Object answer, UnaryOperator<A> change) {
    return ((CompletionStage<A>) answer).thenApply(change);
  }

  static DeploymentStorage log(DeploymentStorage s, UnaryOperator<TransactionLog> by) {
    return new DeploymentStorage(
        by.apply(s.log()),
        s.watermarks(),
        s.nodes(),
        s.children(),
        s.owners(),
        s.sessions(),
        s.processes(),
        s.closing());
  }

  static DeploymentStorage watermarks(DeploymentStorage s, UnaryOperator<Watermarks> by) {
    return new DeploymentStorage(
        s.log(),
        by.apply(s.watermarks()),
        s.nodes(),
        s.children(),
        s.owners(),
        s.sessions(),
        s.processes(),
        s.closing());
  }

  static DeploymentStorage nodes(DeploymentStorage s, UnaryOperator<NodeStore> by) {
    return new DeploymentStorage(
        s.log(),
        s.watermarks(),
        by.apply(s.nodes()),
        s.children(),
        s.owners(),
        s.sessions(),
        s.processes(),
        s.closing());
  }

  static DeploymentStorage sessions(DeploymentStorage s, UnaryOperator<SessionStore> by) {
    return new DeploymentStorage(
        s.log(),
        s.watermarks(),
        s.nodes(),
        s.children(),
        s.owners(),
        by.apply(s.sessions()),
        s.processes(),
        s.closing());
  }

  static DeploymentStorage processes(DeploymentStorage s, UnaryOperator<ProcessRegistry> by) {
    return new DeploymentStorage(
        s.log(),
        s.watermarks(),
        s.nodes(),
        s.children(),
        s.owners(),
        s.sessions(),
        by.apply(s.processes()),
        s.closing());
  }
}
