package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.service.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WriterBatchTest {
  /** What the writer got. */
  private final List<String> got = new ArrayList<>();

  /** What it is to fail on. */
  private Set<String> failing = Set.of();

  private final Writer writer =
      (messages, deadline) -> {
        BitSet again = new BitSet();
        for (int i = 0; i < messages.size(); i++) {
          String text = new String(messages.get(i), StandardCharsets.UTF_8);
          got.add(text);
          again.set(i, failing.contains(text));
        }
        return CompletableFuture.completedStage(again);
      };

  @Test
  void writerGetsAllInTheirOrder() {
    assertEquals(List.of(), process(writer, message("g", "a"), message("h", "b")));
    assertEquals(List.of("a", "b"), got);
  }

  @Test
  void failedMessageTakesAlongWhatFollowsInItsGroup() {
    failing = Set.of("b");

    List<String> failed =
        process(writer, message("g", "a"), message("g", "b"), message("h", "c"), message("g", "d"));

    assertEquals(List.of("id of b", "id of d"), failed);
  }

  @Test
  void messageOfNoFormIsDroppedAndBlocksNobody() {
    failing = Set.of("c");

    List<String> failed =
        process(writer, message("g", "malformed"), message("g", "b"), message("h", "c"));

    assertEquals(List.of("b", "c"), got);
    assertEquals(List.of("id of c"), failed);
  }

  @Test
  void batchOfNothingButGarbageDoesNotReachTheWriter() {
    Writer never =
        (messages, deadline) -> {
          throw new AssertionError("called with " + messages.size());
        };

    assertEquals(List.of(), process(never, message("g", "malformed")));
  }

  @Test
  void messageThatCannotBeReadNowBlocksItsGroupAndNoOther() {
    List<String> failed =
        process(writer, message("g", "unreadable"), message("g", "b"), message("h", "c"));

    assertEquals(List.of("c"), got);
    assertEquals(List.of("id of unreadable", "id of b"), failed);
  }

  @Test
  void failureOfTheWriterFailsTheBatch() {
    Writer broken =
        (messages, deadline) ->
            CompletableFuture.failedStage(new IllegalStateException("no storage"));

    assertThrows(CompletionException.class, () -> process(broken, message("g", "a")));
  }

  private static List<String> process(Writer writer, BatchEvent.Message... messages) {
    return new WriterBatch(writer, WriterBatchTest::read)
        .process(List.of(messages), Deadline.NONE, new RequestTally())
        .toCompletableFuture()
        .join();
  }

  private static CompletionStage<byte[]> read(String body) {
    return switch (body) {
      case "malformed" -> CompletableFuture.failedStage(new MalformedDataException("garbage"));
      case "unreadable" -> CompletableFuture.failedStage(new IllegalStateException("throttled"));
      default -> CompletableFuture.completedStage(body.getBytes(StandardCharsets.UTF_8));
    };
  }

  private static BatchEvent.Message message(String group, String body) {
    return new BatchEvent.Message("id of " + body, group, body);
  }
}
