package io.faaskeeper.benchmarks.operation;

import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** From a write of one session to the callback of another one's watch. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Watches {
  @Benchmark
  public void watch(Session session, ArmedWatch armed)
      throws InterruptedException, KeeperException {
    // Without waiting for the answer, which may come after the event.
    session.zooKeeper().setData(session.node(), Session.data(), -1, armed, null);
    armed.awaitEvent();
  }
}
