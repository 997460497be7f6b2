package io.faaskeeper.zookeeper.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.command.FourLetterCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four-letter words and metrics, beside a real server's after the same requests. */
@SuppressWarnings("try") // a client that is closed may be interrupted
@Timeout(60)
final class WordsTest {
  private static final String WHITELIST = "zookeeper.4lw.commands.whitelist";

  /** Numbers of ours that a server does not tell, or counts otherwise. */
  private static final Set<String> COMPARED =
      Set.of(
          "zk_version",
          "zk_server_state",
          "zk_packets_received",
          "zk_packets_sent",
          "zk_num_alive_connections",
          "zk_outstanding_requests",
          "zk_znode_count",
          "zk_watch_count",
          "zk_ephemerals_count",
          "zk_global_sessions",
          "zk_local_sessions",
          "zk_last_client_response_size",
          "zk_max_client_response_size",
          "zk_min_client_response_size");

  private final MemoryService service = new MemoryService(2_000);
  private final Gateway gateway = service.gateway(GatewayOptions.local().metricsPort(0).build());

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    System.setProperty(WHITELIST, "*");
    FourLetterCommands.resetWhiteList();
    gateway.start();
  }

  @AfterEach
  void stop() {
    service.close();
    System.clearProperty(WHITELIST);
    FourLetterCommands.resetWhiteList();
  }

  private String word(String word) throws Exception {
    return WireClient.word(gateway.port(), word);
  }

  /** What the words tell of one server, with a session that has watches and ephemerals. */
  private record Told(Map<String, String> answers, long sessionId) {
    static Told of(int port, String... words) throws Exception {
      String address = "127.0.0.1:" + port;
      try (ZooKeeper zk = new ZooKeeper(address, 10_000, e -> {})) {
        zk.create("/a", new byte[5], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        zk.create("/e", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        zk.getData("/a", e -> {}, null);
        zk.exists("/none", e -> {});
        zk.getChildren("/a", e -> {});
        zk.addWatch("/a", e -> {}, AddWatchMode.PERSISTENT_RECURSIVE);
        Map<String, String> answers =
            Stream.of(words)
                .collect(
                    Collectors.toMap(
                        word -> word,
                        word -> {
                          try {
                            return WireClient.word(port, word);
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }));
        return new Told(answers, zk.getSessionId());
      }
    }

    String get(String word) {
      return Objects.requireNonNull(answers.get(word));
    }

    /** Without what time and chance make of it. */
    String form(String word) {
      return get(word)
          .replace(Long.toHexString(sessionId), "SESSION")
          .replaceAll("127.0.0.1:\\d+", "ADDRESS")
          .replaceAll("expire at .*:", "expire at DATE:")
          .replaceAll("Zxid: 0x[0-9a-f]+", "Zxid: 0xN")
          .replaceAll("(lcxid|lzxid)=0x[0-9a-f]+", "$1=0xN")
          .replaceAll("0x[0-9a-f]+", "0xN")
          .replaceAll("\\[[0-9a-f]+\\]", "[N]")
          .replaceAll("\\d+(\\.\\d+)?", "N")
          .replaceAll("\\bN expire", "N expire");
    }
  }

  private Told real(String... words) throws Exception {
    return onServer(port -> Told.of(port, words));
  }

  /** What is done at a port. */
  private interface AtPort<T> {
    T at(int port) throws Exception;
  }

  private <T> T onServer(AtPort<T> use) throws Exception {
    ZooKeeperServer server = new ZooKeeperServer(folder.toFile(), folder.toFile(), 2_000);
    ServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    connections.startup(server);
    try {
      return use.at(connections.getLocalPort());
    } finally {
      connections.shutdown();
    }
  }

  @Test
  void haveTheFormOfAServers() throws Exception {
    String[] words = {
      "ruok", "isro", "srvr", "stat", "cons", "wchs", "wchc", "wchp", "srst", "crst"
    };
    Told theirs = real(words);
    Told ours = Told.of(gateway.port(), words);
    for (String word : words) {
      assertEquals(sorted(theirs.form(word)), sorted(ours.form(word)), word);
    }
    assertEquals(theirs.get("wchs"), ours.get("wchs"));
    String session = "0x" + Long.toHexString(ours.sessionId());
    assertEquals(
        Set.of(session, "\t/a", "\t/none"), Set.copyOf(ours.get("wchc").strip().lines().toList()));
    assertEquals("/a\n\t" + session + "\n/none\n\t" + session + "\n\n", ours.get("wchp"));
    assertEquals(line(theirs, "srvr", "Node count"), line(ours, "srvr", "Node count"));
    assertEquals("Node count: 7", line(ours, "srvr", "Node count"));
    assertEquals("Mode: standalone", line(ours, "srvr", "Mode"));
  }

  /** A server lists connections in no order, and may still list one that has got its answer. */
  private static List<String> sorted(String text) {
    return text.lines().distinct().sorted().toList();
  }

  private static String line(Told told, String word, String begin) {
    return told.get(word).lines().filter(l -> l.startsWith(begin)).findFirst().orElseThrow();
  }

  /** As ZooKeeper's own client for them does, and {@code nc -N}. */
  @Test
  void areAnsweredToWhoSendsNothingMore() throws Exception {
    for (String word : List.of("ruok", "srvr", "stat", "mntr", "wchs", "dump", "cons", "conf")) {
      String answer = FourLetterWordMain.send4LetterWord("127.0.0.1", gateway.port(), word);
      assertFalse(answer.isBlank(), word);
    }
  }

  @Test
  void numbersAreThoseOfAServer() throws Exception {
    Map<String, String> theirs = numbers(real("mntr").get("mntr"));
    Map<String, String> ours = numbers(Told.of(gateway.port(), "mntr").get("mntr"));
    assertEquals(theirs, ours);
    assertEquals(COMPARED, ours.keySet());
  }

  @Test
  void nodesAreCountedBeforeTheFirstSession() throws Exception {
    String theirs = numbers(onServer(port -> WireClient.word(port, "mntr"))).get("zk_znode_count");
    String ours = numbers(word("mntr")).get("zk_znode_count");
    assertEquals("5", theirs);
    assertEquals(theirs, ours);
  }

  private static Map<String, String> numbers(String text) {
    return text.lines()
        .map(line -> line.split("\t"))
        .filter(line -> COMPARED.contains(line[0]))
        .collect(Collectors.toMap(line -> line[0], line -> line[1]));
  }

  @Test
  void dumpTellsSessionsAndEphemerals() throws Exception {
    Told theirs = real("dump");
    Told ours = Told.of(gateway.port(), "dump");
    String sessions = "\t0x" + Long.toHexString(ours.sessionId()) + "\n";
    assertTrue(ours.get("dump").contains(sessions), ours.get("dump"));
    assertTrue(ours.get("dump").contains("Sessions with Ephemerals (1):\n0x"), ours.get("dump"));
    assertTrue(ours.get("dump").contains("\t/e\n"));
    assertEquals(heads(theirs.form("dump")), heads(ours.form("dump")));
  }

  private static List<String> heads(String dump) {
    return dump.lines().filter(line -> !line.startsWith("\t") && !line.contains("N)/")).toList();
  }

  @Test
  void onlyThoseThatAreAllowedAreAnswered() throws Exception {
    Gateway strict = service.gateway(GatewayOptions.local().words(Set.of("srvr")).build()).start();
    assertEquals(
        "ruok is not executed because it is not in the whitelist.",
        WireClient.word(strict.port(), "ruok"));
    assertTrue(WireClient.word(strict.port(), "srvr").contains("Mode: standalone"));
    assertEquals("dirs is not executed because it is not in the whitelist.", word("dirs"));
  }

  @Test
  void confAndEnvi() throws Exception {
    String conf = word("conf");
    for (String expected :
        List.of(
            "clientPort=" + gateway.port(),
            "secureClientPort=-1",
            "tickTime=2000",
            "maxClientCnxns=0",
            "minSessionTimeout=4000",
            "maxSessionTimeout=40000",
            "serverId=0")) {
      assertTrue(conf.lines().anyMatch(expected::equals), conf);
    }
    assertTrue(word("envi").startsWith("Environment:\nzookeeper.version="));
  }

  @Test
  void resetsBeginAnew() throws Exception {
    try (ZooKeeper zk = new ZooKeeper(gateway.connectString(), 10_000, e -> {})) {
      for (int i = 0; i < 50; i++) {
        zk.exists("/", false);
      }
      assertEquals("Server stats reset.\n", word("srst"));
      assertEquals("Connection stats reset.\n", word("crst"));
      assertTrue(word("cons").contains("recved=0,sent=0,sid=0x"));
      assertTrue(word("srvr").contains("Received: 3\nSent: 0\n"), word("srvr"));
    }
  }

  @Test
  void metricsHaveZooKeepersNames() throws Exception {
    try (ZooKeeper zk = new ZooKeeper(gateway.connectString(), 10_000, e -> {})) {
      zk.create("/a", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      zk.exists("/a", true);
      String text = metrics();
      for (String expected :
          List.of(
              "znode_count 6.0",
              "ephemerals_count 1.0",
              "watch_count 1.0",
              "num_alive_connections 1.0",
              "global_sessions 1.0",
              "readlatency_count 1",
              "updatelatency_count 1")) {
        assertTrue(text.lines().anyMatch(expected::equals), expected + " in\n" + text);
      }
      assertTrue(text.contains("readlatency{quantile=\"0.5\"}"), text);
    }
  }

  private String metrics() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + gateway.metricsPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
