package io.faaskeeper.service;

import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.processor.WriteProcessor;
import java.util.random.RandomGenerator;

/**
 * Makes the stages over the ports. Each instance made here is one sandbox of a function: it works
 * on one event at a time, and any number of them may run beside each other.
 */
public final class ServiceStages {
  private final ServicePorts ports;
  private final ServiceOptions options;
  private final Limits limits;
  private final RandomGenerator random;
  private final ProcessDirectory directory;

  /**
   * Stages of one sandbox.
   *
   * @param random names attempts; two sandboxes must not draw the same numbers
   */
  public ServiceStages(
      ServicePorts ports, ServiceOptions options, Limits limits, RandomGenerator random) {
    this.ports = ports;
    this.options = options;
    this.limits = limits;
    this.random = random;
    this.directory = new ProcessDirectory(ports.processes(), ports.clock());
  }

  /**
   * The writer.
   *
   * @param distributor wakes the distributor function; not used if the options say inline
   * @param watch takes the mailbox items of large groups
   */
  public Writer writer(DistributorQueue distributor, WatchFunction watch) {
    Decider decider = new Decider(new WriteProcessor(limits, options.superDigest()), options);
    return new LogWriter(
        ports, options, directory, decider, distribution(watch), distributor, random);
  }

  /** The distributor, as a function of its own. */
  public Distributor distributor(WatchFunction watch) {
    return new LogDistributor(ports, distribution(watch));
  }

  /** The watch function. */
  public WatchFunction watch() {
    return new MailboxWatch(ports.mailbox());
  }

  /** The heartbeat, which reports to the writer over its queue. */
  public Heartbeat heartbeat(WorkerQueue queue) {
    return new HeartbeatRun(ports, options, queue, random);
  }

  private Distribution distribution(WatchFunction watch) {
    Pusher pusher = new Pusher(directory, ports.channel());
    Answers answers = new Answers(options.deploymentSecret());
    return new Distribution(ports, watch, pusher, answers, options.answerFirst());
  }
}
