package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.client.ClientRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Test;

class CostTest {
  @Test
  void singleOperations() throws IOException, InterruptedException, TimeoutException {
    try (EmulatorProcess emulators = EmulatorProcess.start(Path.of("target/emulators.log"));
        CostRig rig = new CostRig(emulators, "single", 1, 1024)) {
      CostSession session = rig.newProcess();
      for (int i = 0; i < 3; i++) {
        session.create("/warm" + i, 1024, CreateMode.PERSISTENT);
        session.setData("/warm" + i, 1024);
      }
      say("setData", rig.measure(() -> session.setData("/warm0", 1024)));
      say("create", rig.measure(() -> session.create("/c", 1024, CreateMode.PERSISTENT)));
      say("ephemeral", rig.measure(() -> session.create("/e", 1024, CreateMode.EPHEMERAL)));
      say("container", rig.measure(() -> session.create("/t", 1024, CreateMode.CONTAINER)));
      say("ttl", rig.measure(() -> session.create("/x", 1024, CreateMode.PERSISTENT_WITH_TTL)));
      say("delete", rig.measure(() -> session.delete("/c")));
      say("setData after delete", rig.measure(() -> session.setData("/warm0", 1024)));
      say("getData", rig.measure(() -> session.read(new ClientRequest.GetData("/warm0", false))));
      say("absent", rig.measure(() -> session.read(new ClientRequest.GetData("/nix", false))));
    }
  }

  private static void say(String what, Cost cost) {
    System.out.println(what + " " + cost);
  }
}
