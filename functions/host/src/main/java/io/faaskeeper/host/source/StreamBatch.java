package io.faaskeeper.host.source;

import io.faaskeeper.host.lambda.InvocationResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of a batch of a stream, as Lambda decides it with {@code ReportBatchItemFailures}:
 * records before the first that failed are done, that one and all after it come again. With {@code
 * BisectBatchOnFunctionError} a batch that fails as a whole comes again in two halves, so that what
 * can't be worked on is left alone in the end, and lost alone when it was tried too often. Pure.
 *
 * @param records at least one, in their order
 * @param failures how often it failed as it is, or was the end of what failed
 */
record StreamBatch(List<StreamRecord> records, int failures) {
  StreamBatch {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no records");
    }
  }

  /**
   * What is to be done next.
   *
   * @param again the batches to work on, in their order
   * @param lost those that nobody will work on
   * @param rest whether to wait a little
   */
  record Next(List<StreamBatch> again, List<StreamRecord> lost, boolean rest) {}

  /**
   * Decides.
   *
   * @param maxRetries how often a batch that can't be split is tried again
   */
  Next after(InvocationResult result, boolean bisect, int maxRetries) {
    if (result instanceof InvocationResult.Throttled) {
      return new Next(List.of(this), List.of(), true);
    }
    if (result instanceof InvocationResult.Returned returned) {
      int first = firstFailed(returned.payload());
      if (first == records.size()) {
        return new Next(List.of(), List.of(), false);
      }
      if (first > 0) {
        StreamBatch rest = new StreamBatch(records.subList(first, records.size()), 1);
        return new Next(List.of(rest), List.of(), true);
      }
    }
    return failed(bisect, maxRetries);
  }

  private Next failed(boolean bisect, int maxRetries) {
    if (bisect && records.size() > 1) {
      int half = records.size() / 2;
      return new Next(
          List.of(
              new StreamBatch(records.subList(0, half), failures),
              new StreamBatch(records.subList(half, records.size()), 0)),
          List.of(),
          true);
    }
    return failures < maxRetries
        ? new Next(List.of(new StreamBatch(records, failures + 1)), List.of(), true)
        : new Next(List.of(), records, false);
  }

  private int firstFailed(byte[] payload) {
    List<String> numbers = records.stream().map(StreamRecord::sequenceNumber).toList();
    Set<String> failed =
        BatchResponse.failed(payload, numbers.stream().collect(Collectors.toSet()));
    int first = 0;
    while (first < numbers.size() && !failed.contains(numbers.get(first))) {
      first++;
    }
    return first;
  }
}
