package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A change of an item, as a stream tells it.
 *
 * @param sequenceNumber names it within its shard
 * @param key of the item: its changes are in order
 * @param json as it stands in Lambda's event; not to be modified
 */
record StreamRecord(String sequenceNumber, String key, ObjectNode json) {}
