package io.faaskeeper.recipes;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Each service with each fault. A service is started once and serves all tests. */
final class Scenes implements ArgumentsProvider {
  static {
    // Longer than any machine needs: a test that waits in vain fails, however long it waits.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Store services = context.getRoot().getStore(Namespace.create(Scenes.class));
    Service zooKeeper = services.getOrComputeIfAbsent(RealZooKeeper.class);
    Service faasKeeper = services.getOrComputeIfAbsent(FaasKeeperInMemory.class);
    Service gateways = services.getOrComputeIfAbsent(FaasKeeperGateways.class);
    return Stream.of(zooKeeper, faasKeeper, gateways)
        .flatMap(service -> Arrays.stream(Fault.values()).map(fault -> new Scene(service, fault)))
        .map(Arguments::of);
  }
}
