package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.Keys;
import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.Operation;
import io.faaskeeper.port.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

class MeteredSessionTest {
  private static final ClientRequest WRITE = new ClientRequest.Write(new Operation.Delete("/a", 0));
  private static final ClientRequest READ = new ClientRequest.GetData("/a", false);
  private static final SdkRequest CALL =
      GetItemRequest.builder()
          .key(Map.of("k", AttributeValue.fromB(SdkBytes.fromByteArray(Keys.path("/a")))))
          .build();

  private final Latencies latencies = new Latencies();
  private final PendingReads reads = new PendingReads();
  private final Silence silence = new Silence();
  private final FakeSession inner = new FakeSession();
  private final ClientSession session =
      new MeteredSession(inner, new OperationMeter(latencies, Clock.SYSTEM), reads, silence);

  @Test
  void namesOperationsAsZooKeeperDoes() {
    session.submit(WRITE);
    session.submit(READ);
    assertEquals("[delete, getData]", latencies.operations().toString());
    assertEquals(List.of("none", "getData"), inner.current);
    assertEquals(Optional.empty(), reads.of(CALL));
  }

  @Test
  void nothingPassesWhenSilenceFell() {
    assertTrue(session.touch());
    silence.fallsOn(7);
    assertTrue(session.touch());
    assertFalse(session.submit(READ).toCompletableFuture().isDone());
    assertEquals(1, inner.touches);
    assertTrue(inner.current.isEmpty());
  }

  /** Session 7 answers at once, and notes for what a call of storage would be meanwhile. */
  private final class FakeSession implements ClientSession {
    final List<String> current = new ArrayList<>();
    int touches;

    @Override
    public long id() {
      return 7;
    }

    @Override
    public byte[] password() {
      return new byte[16];
    }

    @Override
    public int timeoutMillis() {
      return 1_000;
    }

    @Override
    public long lastZxid() {
      return 0;
    }

    @Override
    public void listen(SessionListener listener) {}

    @Override
    public CompletionStage<Reply> submit(ClientRequest request) {
      current.add(reads.of(CALL).orElse("none"));
      return CompletableFuture.completedStage(Reply.of(1, Code.OK));
    }

    @Override
    public boolean touch() {
      touches++;
      return true;
    }

    @Override
    public void disconnect() {}
  }
}
