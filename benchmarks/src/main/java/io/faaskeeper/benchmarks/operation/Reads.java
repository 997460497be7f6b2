package io.faaskeeper.benchmarks.operation;

import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Reads of one node, one after the other. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Reads {
  @Benchmark
  public byte[] getData(Session session) throws InterruptedException, KeeperException {
    return session.zooKeeper().getData(session.node(), false, null);
  }

  @Benchmark
  public Stat exists(Session session) throws InterruptedException, KeeperException {
    return session.zooKeeper().exists(session.node(), false);
  }
}
