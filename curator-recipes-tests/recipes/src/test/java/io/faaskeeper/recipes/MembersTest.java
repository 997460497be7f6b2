package io.faaskeeper.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Who says that it is there, is there again after a fault. */
class MembersTest {
  @OnEachService
  void persistentNode(Scene scene) throws Exception {
    Peer owner = scene.join();
    Peer other = scene.join();
    String path = scene.path("node");
    try (PersistentNode node =
        new PersistentNode(owner.curator(), CreateMode.EPHEMERAL, false, path, text("here"))) {
      node.start();
      assertTrue(node.waitForInitialCreate(20, TimeUnit.SECONDS));
      Stat before = other.curator().checkExists().forPath(path);
      assertNotNull(before);
      assertEquals(owner.sessionId(), before.getEphemeralOwner());

      owner.suffer(scene.fault());

      await().until(() -> owns(owner, other.curator().checkExists().forPath(path)));
      Stat after = other.curator().checkExists().forPath(path);
      assertNotNull(after);
      assertEquals(scene.fault().keepsSession(), after.getCzxid() == before.getCzxid());
      other.curator().delete().forPath(path);
      await().until(() -> owns(owner, other.curator().checkExists().forPath(path)));
    }
    assertEquals(null, other.curator().checkExists().forPath(path));
  }

  private static boolean owns(Peer peer, @Nullable Stat stat) throws Exception {
    return stat != null && stat.getEphemeralOwner() == peer.sessionId();
  }

  @OnEachService
  void groupMember(Scene scene) throws Exception {
    Peer one = scene.join();
    String path = scene.path("group");
    try (GroupMember second = new GroupMember(scene.join().curator(), path, "second", text("2"))) {
      second.start();
      try (GroupMember first = new GroupMember(one.curator(), path, "first", text("1"))) {
        first.start();
        awaitBoth(first);
        awaitBoth(second);

        one.suffer(scene.fault());

        awaitBoth(first);
        awaitBoth(second);
      }
      await().until(() -> second.getCurrentMembers().keySet().equals(Set.of("second")));
    }
  }

  private static void awaitBoth(GroupMember member) {
    await().until(() -> member.getCurrentMembers().keySet().equals(Set.of("first", "second")));
  }

  @OnEachService
  void serviceDiscovery(Scene scene) throws Exception {
    Peer provider = scene.join();
    String path = scene.path("services");
    ServiceInstance<Void> instance =
        ServiceInstance.<Void>builder().name("greeter").id("one").port(7).address("host").build();
    try (ServiceDiscovery<Void> here = discovery(provider, path);
        ServiceDiscovery<Void> there = discovery(scene.join(), path)) {
      here.start();
      there.start();
      here.registerService(instance);
      assertEquals(List.of(instance), List.copyOf(there.queryForInstances("greeter")));

      provider.suffer(scene.fault());

      await()
          .until(() -> List.of(instance).equals(List.copyOf(there.queryForInstances("greeter"))));
      here.unregisterService(instance);
      assertTrue(there.queryForInstances("greeter").isEmpty());
    }
  }

  private static ServiceDiscovery<Void> discovery(Peer peer, String path) {
    return ServiceDiscoveryBuilder.builder(Void.class)
        .client(peer.curator())
        .basePath(path)
        .build();
  }

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }
}
