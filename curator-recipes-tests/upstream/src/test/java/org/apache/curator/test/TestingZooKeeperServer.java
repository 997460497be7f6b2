package org.apache.curator.test;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * In place of Curator's class of this name, with its public methods: a server is a gateway of a
 * deployment in memory, and the servers of one ensemble are gateways of the same.
 */
public class TestingZooKeeperServer implements Closeable {
  private enum State {
    LATENT,
    STARTED,
    STOPPED,
    CLOSED
  }

  private final QuorumConfigBuilder configBuilder;
  private final int index;
  private final FaasKeeperEnsemble ensemble;
  private final FaasKeeperEnsemble.Member member;

  /** Guarded by this. */
  private State state = State.LATENT;

  public TestingZooKeeperServer(QuorumConfigBuilder configBuilder) {
    this(configBuilder, 0);
  }

  public TestingZooKeeperServer(QuorumConfigBuilder configBuilder, int thisInstanceIndex) {
    this.configBuilder = configBuilder;
    this.index = thisInstanceIndex;
    this.ensemble = FaasKeeperEnsemble.of(configBuilder.getInstanceSpecs());
    this.member = ensemble.member(getInstanceSpec());
  }

  public Collection<InstanceSpec> getInstanceSpecs() {
    return configBuilder.getInstanceSpecs();
  }

  public InstanceSpec getInstanceSpec() {
    return configBuilder.getInstanceSpec(index);
  }

  public int getLocalPort() {
    int port = member.port();
    if (port == 0) {
      throw new IllegalStateException("server is configured to bind to port 0 but not started");
    }
    return port;
  }

  public synchronized void start() throws Exception {
    if (state == State.LATENT) {
      ensemble.up(member);
      state = State.STARTED;
    }
  }

  public synchronized void stop() throws IOException {
    if (state == State.STARTED) {
      ensemble.down(member, false);
      state = State.STOPPED;
    }
  }

  public synchronized void kill() {
    ensemble.down(member, true);
    state = State.STOPPED;
  }

  public synchronized void restart() throws Exception {
    if (state == State.CLOSED) {
      throw new IllegalStateException("Cannot restart a closed instance");
    }
    stop();
    state = State.LATENT;
    start();
  }

  @Override
  public synchronized void close() throws IOException {
    stop();
    if (state != State.CLOSED) {
      state = State.CLOSED;
      ensemble.close(member);
      configBuilder.close();
      if (getInstanceSpec().deleteDataDirectoryOnClose()) {
        DirectoryUtils.deleteRecursively(getInstanceSpec().getDataDirectory());
      }
    }
  }
}
