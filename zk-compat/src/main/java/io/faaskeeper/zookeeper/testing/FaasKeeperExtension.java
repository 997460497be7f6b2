package io.faaskeeper.zookeeper.testing;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test of JUnit 5 that asks for one a {@link FaasKeeperTestServer} of its own: as a
 * parameter of the test and of its set-up, and from JUnit 5.12 on also of its constructor. It is
 * closed after the test.
 *
 * <pre>{@code
 * @ExtendWith(FaasKeeperExtension.class)
 * class MyTest {
 *   @Test
 *   void elects(FaasKeeperTestServer server) { ... }
 * }
 * }</pre>
 */
public final class FaasKeeperExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(FaasKeeperExtension.class);

  /** So that a constructor, too, belongs to its test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaasKeeperTestServer.class
        && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            FaasKeeperTestServer.class, key -> started(), FaasKeeperTestServer.class);
  }

  private static FaasKeeperTestServer started() {
    try {
      return FaasKeeperTestServer.start();
    } catch (IOException e) {
      throw new ParameterResolutionException("the server did not start", e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    FaasKeeperTestServer server =
        context.getStore(NAMESPACE).remove(FaasKeeperTestServer.class, FaasKeeperTestServer.class);
    if (server != null) {
      server.close();
    }
  }
}
