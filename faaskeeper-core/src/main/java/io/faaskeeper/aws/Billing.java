package io.faaskeeper.aws;

import io.faaskeeper.aws.CallCounts.Tally;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * What a call is billed: what DynamoDB reports; of a write refused by its condition, for which it
 * reports nothing, the size of the stored item; of a read at least one unit, an empty query
 * included.
 */
final class Billing {
  private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;

  private Billing() {}

  /** The request, so that its answer reports what it is billed. */
  static SdkRequest reported(SdkRequest request) {
    if (request instanceof GetItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(TOTAL).build();
    } else if (request instanceof QueryRequest r) {
      return r.toBuilder().returnConsumedCapacity(TOTAL).build();
    } else if (request instanceof PutItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(TOTAL).build();
    } else if (request instanceof UpdateItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(TOTAL).build();
    } else if (request instanceof DeleteItemRequest r) {
      return r.toBuilder().returnConsumedCapacity(TOTAL).build();
    }
    return request;
  }

  static String table(SdkRequest request) {
    return request.getValueForField("TableName", String.class).orElse("");
  }

  static Tally of(SdkResponse response) {
    if (response instanceof GetItemResponse r) {
      return read(r.consumedCapacity());
    } else if (response instanceof QueryResponse r) {
      return read(r.consumedCapacity());
    } else if (response instanceof PutItemResponse r) {
      return write(r.consumedCapacity());
    } else if (response instanceof UpdateItemResponse r) {
      return write(r.consumedCapacity());
    } else if (response instanceof DeleteItemResponse r) {
      return write(r.consumedCapacity());
    }
    return new Tally(1, 0, 0, 0);
  }

  static Tally ofFailure(Throwable failure) {
    return failure instanceof ConditionalCheckFailedException refused
        ? new Tally(1, 0, 0, ItemSize.writeUnits(refused.item()))
        : new Tally(1, 1, 0, 0);
  }

  private static Tally read(@Nullable ConsumedCapacity consumed) {
    return new Tally(1, 0, Math.max(1, units(consumed)), 0);
  }

  private static Tally write(@Nullable ConsumedCapacity consumed) {
    return new Tally(1, 0, 0, Math.max(1, units(consumed)));
  }

  private static double units(@Nullable ConsumedCapacity consumed) {
    return consumed == null || consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
  }
}
