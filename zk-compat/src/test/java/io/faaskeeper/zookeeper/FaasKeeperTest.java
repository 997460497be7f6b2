package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.zookeeper.ClientCnxnSocketFaasKeeper;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a program says which deployment it wants, and what it hears if that is wrong. */
@SuppressWarnings("try") // a test may be interrupted
@Timeout(60)
final class FaasKeeperTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final Watcher NOBODY = event -> {};

  @AfterEach
  void forget() {
    System.clearProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY);
  }

  @Test
  void constructorsAreThoseOfZooKeeper() {
    assertEquals(signatures(ZooKeeper.class), signatures(FaasKeeper.class));
  }

  private static Set<String> signatures(Class<?> type) {
    return Arrays.stream(type.getConstructors())
        .map(Constructor::getParameterTypes)
        .map(Arrays::toString)
        .collect(Collectors.toSet());
  }

  @Test
  void withoutADeploymentTheDropInClassNamesTheProperty() {
    IOException e =
        assertThrows(IOException.class, () -> new FaasKeeper("x", TIMEOUT_MILLIS, NOBODY));
    saysInOneLine(e, "system property faaskeeper.config");
  }

  @Test
  void withoutADeploymentTheTransportNamesTheProperty() {
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, FaasKeeperClientConfig.SOCKET);
    Throwable e =
        assertThrows(IOException.class, () -> new ZooKeeper("x", TIMEOUT_MILLIS, NOBODY, config));
    List<String> causes = new ArrayList<>();
    for (; e != null; e = e.getCause()) {
      causes.add(e.toString());
    }
    assertTrue(causes.toString().contains("system property faaskeeper.config"), causes::toString);
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("none.json");
    IOException e =
        assertThrows(
            IOException.class,
            () -> new FaasKeeper("x", TIMEOUT_MILLIS, NOBODY, new FaasKeeperClientConfig(file)));
    saysInOneLine(e, "none.json");
  }

  @Test
  void aWrongConfigurationIsExplained(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.json"), "{\"cloud-provider\": \"moon\"}");
    IOException e =
        assertThrows(
            IOException.class,
            () -> new FaasKeeper("x", TIMEOUT_MILLIS, NOBODY, new FaasKeeperClientConfig(file)));
    saysInOneLine(e, "cloud-provider");
  }

  @Test
  void thePropertyChoosesTheDeploymentAndTheTransport(@TempDir Path folder) throws Exception {
    System.setProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY, memory(folder, "by-property"));
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, FaasKeeperClientConfig.SOCKET);
    try (ZooKeeper zk = new ZooKeeper("127.0.0.1:1/app", TIMEOUT_MILLIS, NOBODY, config);
        ZooKeeper other = new FaasKeeper("elsewhere", TIMEOUT_MILLIS, NOBODY)) {
      other.create("/app", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      zk.create("/a", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertEquals(List.of("a"), other.getChildren("/app", false));
    }
  }

  @Test
  void aClientPropertyComesBeforeTheSystemProperty(@TempDir Path folder) throws Exception {
    System.setProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY, "none");
    FaasKeeperClientConfig config =
        new FaasKeeperClientConfig(Path.of(memory(folder, "by-client-property")));
    try (ZooKeeper zk = new FaasKeeper("x", TIMEOUT_MILLIS, NOBODY, config)) {
      assertEquals(List.of("zookeeper"), zk.getChildren("/", false));
    }
  }

  @Test
  void curatorsFactoryMakesHandlesThatCanBeCast(@TempDir Path folder) throws Exception {
    FaasKeeperClientConfig config = new FaasKeeperClientConfig(Path.of(memory(folder, "curator")));
    try (ZooKeeper zk =
        new FaasKeeperZookeeperFactory()
            .newZooKeeper(
                "no-such-host.invalid/zookeeper", TIMEOUT_MILLIS, NOBODY, false, config)) {
      assertInstanceOf(ZooKeeperAdmin.class, zk);
      assertEquals(2, zk.getChildren("/", false).size());
    }
  }

  @Test
  void jarsInDifferentClassLoadersAreToldOf() throws Exception {
    ClassLoader ours = FaasKeeperTest.class.getClassLoader();
    Placement.check(ours, ours);
    List<URL> ofZooKeeper = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.matches(".*/(zookeeper|slf4j-api|netty|jackson|audience)[^/]*\\.jar")) {
        ofZooKeeper.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader theirs =
        new URLClassLoader(ofZooKeeper.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      theirs.loadClass(ZooKeeper.class.getName());
      IOException e = assertThrows(IOException.class, () -> Placement.check(theirs, ours));
      saysInOneLine(e, "same class loader");
    }
    assertEquals(FaasKeeperClientConfig.SOCKET, ClientCnxnSocketFaasKeeper.class.getName());
  }

  private static void saysInOneLine(IOException e, String text) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(text), message);
    assertFalse(message.contains("\n"), message);
  }

  private static String memory(Path folder, String name) throws IOException {
    return Files.writeString(
            folder.resolve(name + ".json"),
            "{\"cloud-provider\": \"memory\", \"deployment-name\": \"" + name + "\"}")
        .toString();
  }
}
