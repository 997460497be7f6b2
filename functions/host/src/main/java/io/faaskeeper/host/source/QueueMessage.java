package io.faaskeeper.host.source;

import java.util.Map;

/**
 * A message as a queue delivers it.
 *
 * @param receiptHandle names this delivery
 * @param md5 of the body
 * @param attributes SQS's own, by their names
 */
record QueueMessage(
    String id, String receiptHandle, String body, String md5, Map<String, String> attributes) {
  QueueMessage {
    attributes = Map.copyOf(attributes);
  }
}
