package io.faaskeeper.zookeeper.gateway.monitor;

import java.util.concurrent.atomic.LongAdder;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.metric.AvgMinMaxCounter;
import org.apache.zookeeper.server.quorum.BufferStats;

/** What happened on all connections of a gateway since it was started or reset. Thread-safe. */
public final class GatewayStats {
  private static final int LENGTH_BYTES = 4;

  final AvgMinMaxCounter latency = new AvgMinMaxCounter("latency");
  final AvgMinMaxCounter readLatency = new AvgMinMaxCounter("readlatency");
  final AvgMinMaxCounter updateLatency = new AvgMinMaxCounter("updatelatency");
  final BufferStats responseSizes = new BufferStats();
  final LongAdder packetsReceived = new LongAdder();
  final LongAdder packetsSent = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder connectionsRejected = new LongAdder();
  final LongAdder connectionsDropped = new LongAdder();
  final LongAdder requestsForSessions = new LongAdder();
  private final LatencyObserver observer;

  public GatewayStats(LatencyObserver observer) {
    this.observer = observer;
  }

  /** A packet arrived, so long without the length before it. */
  public void received(int bytes) {
    packetsReceived.increment();
    bytesReceived.add(bytes + LENGTH_BYTES);
  }

  /** A packet was answered with, so long without the length before it. */
  public void sent(int bytes) {
    packetsSent.increment();
    bytesSent.add(bytes + LENGTH_BYTES);
    responseSizes.setLastBufferSize(bytes);
  }

  /** A request was answered after so many nanoseconds. */
  public void answered(int type, long nanos) {
    long millis = nanos / 1_000_000L;
    boolean update = isUpdate(type);
    latency.add(millis);
    (update ? updateLatency : readLatency).add(millis);
    observer.answered(update, nanos);
  }

  private static boolean isUpdate(int type) {
    return switch (type) {
      case OpCode.create,
          OpCode.create2,
          OpCode.createContainer,
          OpCode.createTTL,
          OpCode.delete,
          OpCode.deleteContainer,
          OpCode.setData,
          OpCode.setACL,
          OpCode.multi,
          OpCode.closeSession ->
          true;
      default -> false;
    };
  }

  public void sessionAsked() {
    requestsForSessions.increment();
  }

  public void rejected() {
    connectionsRejected.increment();
  }

  public void dropped() {
    connectionsDropped.increment();
  }

  /** What {@code srst} does. */
  void reset() {
    latency.reset();
    readLatency.reset();
    updateLatency.reset();
    responseSizes.reset();
    packetsReceived.reset();
    packetsSent.reset();
    bytesReceived.reset();
    bytesSent.reset();
    connectionsRejected.reset();
    connectionsDropped.reset();
    requestsForSessions.reset();
  }
}
