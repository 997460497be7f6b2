package io.faaskeeper.zookeeper.gateway.monitor;

/** Is told what each request took. Called on any thread; must not block. */
public interface LatencyObserver {
  LatencyObserver NONE = (update, nanos) -> {};

  /**
   * A request was answered.
   *
   * @param update whether it was a write
   */
  void answered(boolean update, long nanos);
}
