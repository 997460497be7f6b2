package io.faaskeeper.emulators;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * What was done and whose answer was lost is repeated by the SDK: that is not taken for a defeat.
 */
class LostAnswersTest {
  private static final LoseOne LOSER = new LoseOne();
  private static final AwsPorts PORTS = Local.ports(Local.clients(LOSER), Local.deployment());

  /** Makes the answer to one call a server's failure. */
  private static final class LoseOne implements ExecutionInterceptor {
    private final AtomicBoolean armed = new AtomicBoolean();

    @Override
    public SdkHttpResponse modifyHttpResponse(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      return armed.compareAndSet(true, false)
          ? context.httpResponse().toBuilder().statusCode(500).build()
          : context.httpResponse();
    }
  }

  private static void loseNext() {
    LOSER.armed.set(true);
  }

  private static void assertLost() {
    assertEquals(false, LOSER.armed.get());
  }

  @Test
  void anAppendIsDone() {
    TransactionLog log = await(PORTS.openLog(64));
    LogRecord record = Samples.record(1, 11);
    loseNext();

    assertEquals(new TransactionLog.Append.Done(), await(log.append(record, Deadline.NONE)));

    assertLost();
  }

  @Test
  void anAdvanceIsDone() {
    Watermarks watermarks = PORTS.watermarks();
    Watermark start = await(watermarks.read());
    loseNext();

    Watermarks.Advance advance =
        await(watermarks.advance(start, start.record() + 1, start.zxid() + 1, Deadline.NONE));

    assertLost();
    assertTrue(advance.done());
    assertEquals(start.record() + 1, advance.now().record());
  }

  @Test
  void aNodesUpdateTellsWhoIsInterested() {
    NodeStore nodes = PORTS.nodes();
    String path = Samples.freshPath();
    Subscription one = new Subscription(Samples.freshProcess(), 1);
    await(nodes.subscribe(path, one, false));
    loseNext();

    assertEquals(
        Set.of(one),
        await(nodes.apply(Samples.alive(path, 5, new byte[9]), Deadline.NONE)).interested());

    assertLost();
  }

  @Test
  void registeringRenewingAndFencingSucceed() {
    ProcessRegistry processes = PORTS.processes();
    String name = Samples.freshProcess();
    loseNext();
    await(processes.register(name, Samples.freshSecret(), 4000, "tcp:h:1"));
    assertLost();

    loseNext();
    long counter = await(processes.renew(name, 4000)).orElseThrow();
    assertLost();
    assertTrue(counter > 0);

    loseNext();
    Optional<ProcessRow> fenced = await(processes.fence(name, counter, Deadline.NONE));
    assertLost();
    assertEquals(Optional.of(new ProcessRow(name, counter, 4000, "tcp:h:1", true)), fenced);

    loseNext();
    await(processes.remove(name, Deadline.NONE));
    assertLost();
    assertEquals(Optional.empty(), await(processes.read(name)));
    assertEquals(Optional.empty(), await(processes.channelSecret(name)));
  }
}
