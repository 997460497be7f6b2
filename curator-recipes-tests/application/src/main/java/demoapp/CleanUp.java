package demoapp;

import org.apache.curator.framework.CuratorFramework;

/** Removes what the others left, and sees that it is gone. */
final class CleanUp implements Recipe {
  private final Settings settings;

  CleanUp(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "clean-up";
  }

  @Override
  public String run(Stage stage) throws Exception {
    CuratorFramework client = stage.newClient();
    client.delete().guaranteed().deletingChildrenIfNeeded().forPath(settings.base());
    Stage.promise(client.checkExists().forPath(settings.base()) == null, "nothing is left");
    return "nothing is left of the run";
  }
}
