package io.faaskeeper.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What something takes, or many of it.
 *
 * @param writeUnits of DynamoDB
 * @param readUnits of DynamoDB
 * @param objectPuts into S3
 * @param objectGets from S3
 * @param messages to a function, each taken as a batch of its own
 * @param messageChunks of 64 KB, in which the queue bills messages
 * @param trips of a function to storage, one after the other
 */
record Units(
    double writeUnits,
    double readUnits,
    double objectPuts,
    double objectGets,
    double messages,
    double messageChunks,
    double trips) {

  static Units of(JsonNode measured) {
    return new Units(
        measured.required("writeUnits").doubleValue(),
        measured.required("readUnits").doubleValue(),
        measured.required("objectPuts").doubleValue(),
        measured.required("objectGets").doubleValue(),
        measured.required("messages").doubleValue(),
        measured.required("messageChunks").doubleValue(),
        measured.required("trips").doubleValue());
  }

  Units plus(Units other) {
    return new Units(
        writeUnits + other.writeUnits,
        readUnits + other.readUnits,
        objectPuts + other.objectPuts,
        objectGets + other.objectGets,
        messages + other.messages,
        messageChunks + other.messageChunks,
        trips + other.trips);
  }

  Units times(double count) {
    return new Units(
        writeUnits * count,
        readUnits * count,
        objectPuts * count,
        objectGets * count,
        messages * count,
        messageChunks * count,
        trips * count);
  }
}
