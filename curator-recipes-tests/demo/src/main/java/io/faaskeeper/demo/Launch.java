package io.faaskeeper.demo;

import demoapp.DoomedLeader;
import demoapp.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The deployment that a demo runs on, and what depends on its kind. */
interface Launch extends AutoCloseable {
  /** What it is, in a line. */
  String description();

  /** The file by which ZooKeeper handles find it. */
  Path configuration();

  /** What the application's sessions ask for. */
  Duration sessionTimeout();

  /** Who leads first, and dies. */
  DoomedLeader leader(Settings settings);

  /** What its functions spent until now, or nothing if nothing is billed. */
  Optional<Spending> functions() throws IOException;

  @Override
  void close() throws IOException;
}
