package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.WorkerQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

class SessionCloserTest {
  private static final long ID = 7;
  private static final int EPOCH = 3;

  private final VirtualTime time = new VirtualTime();
  private final ProcessIdentity identity = ProcessIdentity.random(new Random(1));
  private final List<Long> closes = new ArrayList<>();
  private final SessionCloser closer =
      new SessionCloser(
          new Sender(
              new RunQueue(time, time, error -> {}),
              new Closes(),
              identity,
              "memory:1",
              ClientOptions.DEFAULTS));

  /** Notes the sequence number of each close that is sent. */
  private final class Closes implements WorkerQueue {
    @Override
    public int groups() {
      return 1;
    }

    @Override
    public CompletionStage<Void> send(int group, String id, byte[] message) {
      for (Request request :
          Codec.decodeMessage(Seal.open(identity.secret(), Seal.Direction.TO_WRITER, message))
              .requests()) {
        Request.OfSession close = (Request.OfSession) request;
        assertEquals(new Operation.CloseSession(), close.operation());
        closes.add(close.seq());
      }
      return CompletableFuture.completedStage(null);
    }
  }

  private void close(long answeredSeq) {
    HeldSession session = new HeldSession(ID, new byte[16], EPOCH, 4_000, 1, 0);
    session.answeredSeq = answeredSeq;
    closer.close(session);
  }

  private boolean answer(long seq, Result result) {
    return closer.answered(new Push.Answer(5, ID, EPOCH, seq, 0, result, new byte[0]));
  }

  @Test
  void theNextNumberIsTriedWhileOthersHadIt() {
    close(4);
    answer(5, new Result.Deleted());
    answer(6, new Result.Failed(Code.NONODE));
    assertEquals(List.of(5L, 6L, 7L), closes);
    answer(7, new Result.SessionClosed());
    assertFalse(answer(7, new Result.SessionClosed()));
  }

  @Test
  void aNumberWhoseAnswerTheLogHasLostWasTaken() {
    close(4);
    answer(5, Result.Refused.ANSWER_LOST);
    assertEquals(List.of(5L, 6L), closes);
    answer(6, new Result.SessionClosed());
    assertFalse(answer(6, new Result.SessionClosed()));
  }

  @Test
  void aSessionThatIsAnothersIsLeftToIt() {
    close(4);
    answer(5, new Result.Refused("the session is another process's"));
    assertEquals(List.of(5L), closes);
    assertFalse(answer(5, new Result.SessionClosed()));
  }
}
