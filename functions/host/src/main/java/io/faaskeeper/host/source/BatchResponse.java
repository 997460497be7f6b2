package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What a function answers to a batch, with Lambda's {@code ReportBatchItemFailures}: which messages
 * failed. As there, an answer that says nothing is a success of all, and one that can't be read, or
 * names no message of the batch, is a failure of all.
 */
final class BatchResponse {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchResponse() {}

  /** The failed ones among these message ids. */
  static Set<String> failed(byte[] payload, Set<String> batch) {
    try {
      JsonNode failures = JSON.readTree(payload).path("batchItemFailures");
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : failures) {
        failed.add(failure.path("itemIdentifier").asText());
      }
      return batch.containsAll(failed) ? failed : batch;
    } catch (IOException e) {
      return batch;
    }
  }
}
