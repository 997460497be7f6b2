package io.faaskeeper.benchmarks.targets;

import java.io.IOException;
import java.util.Map;

/** Something that ZooKeeper's client can be pointed at. Used by one thread. */
public interface Target extends AutoCloseable {
  /** Starts it, and returns when it answers. Whether or not it does, close it. */
  void start() throws IOException, InterruptedException;

  /** What a client passes to the constructor of {@code ZooKeeper}. Known after the start. */
  String connectString();

  /** The system properties of a client's JVM. Known after the start. */
  Map<String, String> clientProperties();

  /** Ends what {@link #start} started, and waits until it is gone. */
  @Override
  void close();
}
