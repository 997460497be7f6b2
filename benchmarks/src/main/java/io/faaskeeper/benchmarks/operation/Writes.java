package io.faaskeeper.benchmarks.operation;

import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Writes, one after the other. A created node is deleted again, and one to delete created, outside
 * the measured time, so that every call finds the same tree.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Writes {
  @Benchmark
  public Stat setData(Session session) throws InterruptedException, KeeperException {
    return session.zooKeeper().setData(session.node(), Session.data(), -1);
  }

  @Benchmark
  @SuppressWarnings("unused") // the parameter has JMH clean up
  public String create(Session session, DeletedAfter cleanUp)
      throws InterruptedException, KeeperException {
    return session.create(session.passingNode());
  }

  @Benchmark
  @SuppressWarnings("unused") // the parameter has JMH prepare
  public void delete(Session session, CreatedBefore preparation)
      throws InterruptedException, KeeperException {
    session.delete(session.passingNode());
  }

  /** Deletes the node that a call created. */
  @State(Scope.Benchmark)
  public static class DeletedAfter {
    @TearDown(Level.Invocation)
    public void delete(Session session) throws InterruptedException, KeeperException {
      session.delete(session.passingNode());
    }
  }

  /** Creates the node that a call will delete. */
  @State(Scope.Benchmark)
  public static class CreatedBefore {
    @Setup(Level.Invocation)
    public void create(Session session) throws InterruptedException, KeeperException {
      session.create(session.passingNode());
    }
  }
}
