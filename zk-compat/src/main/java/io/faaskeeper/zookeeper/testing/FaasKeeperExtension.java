package io.faaskeeper.zookeeper.testing;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test of JUnit 5 that asks for one a {@link FaasKeeperTestServer} of its own: as a
 * parameter of the test, of its set-up or of its constructor. It is closed after the test.
 *
 * <pre>{@code
 * @ExtendWith(FaasKeeperExtension.class)
 * class MyTest {
 *   @Test
 *   void elects(FaasKeeperTestServer server) { ... }
 * }
 * }</pre>
 */
public final class FaasKeeperExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(FaasKeeperExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaasKeeperTestServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("server", key -> new Held(started()), Held.class)
        .server();
  }

  private static FaasKeeperTestServer started() {
    try {
      return FaasKeeperTestServer.start();
    } catch (IOException e) {
      throw new ParameterResolutionException("the server did not start", e);
    }
  }

  private record Held(FaasKeeperTestServer server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }
}
