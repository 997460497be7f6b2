package io.faaskeeper.host.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.source.StreamBatch.Next;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamBatchTest {
  private static final int RETRIES = 2;
  private static final InvocationResult FAILED = new InvocationResult.Failed(new byte[0]);

  @Test
  void whatDidNotFailIsDone() {
    assertEquals(
        new Next(List.of(), List.of(), false), batch(0, "1", "2").after(returned(), true, 2));
  }

  @Test
  void theFirstThatFailedComesAgainWithAllThatFollow() {
    Next next = batch(0, "1", "2", "3", "4").after(returned("4", "3"), true, RETRIES);

    assertEquals(new Next(List.of(batch(1, "3", "4")), List.of(), true), next);
  }

  @Test
  void whatFailsAsAWholeComesAgainInHalves() {
    Next next = batch(1, "1", "2", "3").after(FAILED, true, RETRIES);

    assertEquals(new Next(List.of(batch(1, "1"), batch(0, "2", "3")), List.of(), true), next);
    assertEquals(next, batch(1, "1", "2", "3").after(returned("1"), true, RETRIES));
  }

  @Test
  void withoutHalvesItComesAgainAsItIsAndIsLostInTheEnd() {
    assertEquals(
        new Next(List.of(batch(1, "1", "2")), List.of(), true),
        batch(0, "1", "2").after(FAILED, false, RETRIES));
    assertEquals(
        new Next(List.of(), records("1", "2"), false),
        batch(RETRIES, "1", "2").after(FAILED, false, RETRIES));
  }

  @Test
  void oneThatAlwaysFailsIsLostAlone() {
    StreamBatch batch = batch(0, "1");
    for (int i = 0; i < RETRIES; i++) {
      batch = batch.after(FAILED, true, RETRIES).again().get(0);
    }

    assertEquals(new Next(List.of(), records("1"), false), batch.after(FAILED, true, RETRIES));
  }

  @Test
  void throttlingIsNoFailure() {
    StreamBatch batch = batch(RETRIES, "1", "2");

    assertEquals(
        new Next(List.of(batch), List.of(), true),
        batch.after(new InvocationResult.Throttled(), true, RETRIES));
  }

  @Test
  void anAnswerThatNamesNoRecordOfTheBatchIsAFailureOfAll() {
    assertEquals(
        batch(0, "1", "2").after(FAILED, true, RETRIES),
        batch(0, "1", "2").after(returned("7"), true, RETRIES));
  }

  private static InvocationResult returned(String... failed) {
    String failures =
        String.join(
            ",", Stream.of(failed).map(id -> "{\"itemIdentifier\":\"" + id + "\"}").toList());
    String json = "{\"batchItemFailures\":[" + failures + "]}";
    return new InvocationResult.Returned(json.getBytes(StandardCharsets.UTF_8));
  }

  private static StreamBatch batch(int failures, String... numbers) {
    return new StreamBatch(records(numbers), failures);
  }

  private static List<StreamRecord> records(String... numbers) {
    return Stream.of(numbers)
        .map(number -> new StreamRecord(number, "k", JsonNodeFactory.instance.objectNode()))
        .toList();
  }
}
