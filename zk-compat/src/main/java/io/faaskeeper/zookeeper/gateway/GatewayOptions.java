package io.faaskeeper.zookeeper.gateway;

import java.time.Duration;
import java.util.Set;
import org.apache.zookeeper.common.ZKConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway serves. Of a port, 0 is any free one and -1 none; of a number of connections, 0 is
 * no bound.
 *
 * @param address where it listens: a name or an address of this machine, 0.0.0.0 for all
 * @param port for clients without TLS
 * @param securePort for clients with TLS
 * @param tls ZooKeeper's {@code zookeeper.ssl.*} properties; null for those of the JVM
 * @param metricsPort for Prometheus, over HTTP
 * @param maxClientCnxns connections from one address, as ZooKeeper's {@code maxClientCnxns}
 * @param maxCnxns connections in all, as ZooKeeper's {@code maxCnxns}
 * @param maxUnanswered requests of one connection that may be under way; more are not read
 * @param maxBytesUnderWay what all connections together may hold in memory, about, before each of
 *     them has to wait for its last request
 * @param handshakeTime how long a connection may take to ask for a session
 * @param drainTime how long an orderly stop waits for the answers to what is under way
 * @param words the four-letter words that are answered
 * @param countAge how old a count of nodes may be, if they have changed since
 */
public record GatewayOptions(
    String address,
    int port,
    int securePort,
    @Nullable ZKConfig tls,
    int metricsPort,
    int maxClientCnxns,
    int maxCnxns,
    int maxUnanswered,
    long maxBytesUnderWay,
    Duration handshakeTime,
    Duration drainTime,
    Set<String> words,
    Duration countAge) {
  /** The words that a gateway knows. */
  public static final Set<String> ALL_WORDS =
      Set.of(
          "ruok", "srvr", "stat", "mntr", "cons", "conf", "isro", "wchs", "wchc", "wchp", "dump",
          "envi", "srst", "crst");

  private static final int PORT_MAX = 65_535;

  /** The rest is for sessions, watches and the work itself. */
  private static final int HEAP_PART = 4;

  /** Checks the bounds. */
  public GatewayOptions {
    port("port", port);
    port("secure port", securePort);
    port("metrics port", metricsPort);
    if (port < 0 && securePort < 0) {
      throw new IllegalArgumentException("there is no port to listen on");
    }
    atLeast(0, "maxClientCnxns", maxClientCnxns);
    atLeast(0, "maxCnxns", maxCnxns);
    atLeast(1, "maxUnanswered", maxUnanswered);
    atLeast(1, "maxBytesUnderWay", maxBytesUnderWay);
    words = Set.copyOf(words);
  }

  private static void port(String name, int port) {
    if (port < -1 || port > PORT_MAX) {
      throw new IllegalArgumentException("there is no " + name + " " + port);
    }
  }

  private static void atLeast(int least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", and must be at least " + least);
    }
  }

  /** Port 2181 of all addresses, with up to 10,000 connections from anywhere. */
  public static Builder builder() {
    return new Builder();
  }

  /** Any free port of the loopback address: for tests, and for programs with a gateway inside. */
  public static Builder local() {
    return new Builder().address("127.0.0.1").port(0);
  }

  /** Gathers options. Not thread-safe. */
  public static final class Builder {
    private String address = "0.0.0.0";
    private int port = 2181;
    private int securePort = -1;
    private @Nullable ZKConfig tls;
    private int metricsPort = -1;
    private int maxClientCnxns;
    private int maxCnxns = 10_000;
    private int maxUnanswered = 1_000;
    private long maxBytesUnderWay = Runtime.getRuntime().maxMemory() / HEAP_PART;
    private Duration handshakeTime = Duration.ofSeconds(10);
    private Duration drainTime = Duration.ofSeconds(5);
    private Set<String> words = ALL_WORDS;
    private Duration countAge = Duration.ofSeconds(10);

    private Builder() {}

    public Builder address(String to) {
      address = to;
      return this;
    }

    public Builder port(int to) {
      port = to;
      return this;
    }

    public Builder securePort(int to) {
      securePort = to;
      return this;
    }

    public Builder tls(@Nullable ZKConfig to) {
      tls = to;
      return this;
    }

    public Builder metricsPort(int to) {
      metricsPort = to;
      return this;
    }

    public Builder maxClientCnxns(int to) {
      maxClientCnxns = to;
      return this;
    }

    public Builder maxCnxns(int to) {
      maxCnxns = to;
      return this;
    }

    public Builder maxUnanswered(int to) {
      maxUnanswered = to;
      return this;
    }

    public Builder maxBytesUnderWay(long to) {
      maxBytesUnderWay = to;
      return this;
    }

    public Builder handshakeTime(Duration to) {
      handshakeTime = to;
      return this;
    }

    public Builder drainTime(Duration to) {
      drainTime = to;
      return this;
    }

    public Builder words(Set<String> to) {
      words = to;
      return this;
    }

    public Builder countAge(Duration to) {
      countAge = to;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if they make no sense: in one line
     */
    public GatewayOptions build() {
      return new GatewayOptions(
          address,
          port,
          securePort,
          tls,
          metricsPort,
          maxClientCnxns,
          maxCnxns,
          maxUnanswered,
          maxBytesUnderWay,
          handshakeTime,
          drainTime,
          words,
          countAge);
    }
  }
}
