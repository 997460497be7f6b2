package io.faaskeeper.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.*;

/** Scratch. */
final class CallLog implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> START = new ExecutionAttribute<>("cost.start");

  record Call(String what, long start, long end, double read, double write) {}

  private final List<Call> calls = new ArrayList<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(START, System.nanoTime());
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    SdkRequest r = context.request();
    if (r instanceof GetItemRequest x) {
      return x.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    } else if (r instanceof PutItemRequest x) {
      return x.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    } else if (r instanceof UpdateItemRequest x) {
      return x.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    } else if (r instanceof DeleteItemRequest x) {
      return x.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    } else if (r instanceof QueryRequest x) {
      return x.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build();
    }
    return r;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    SdkResponse r = context.response();
    double read = 0;
    double write = 0;
    String what = context.request().getClass().getSimpleName().replace("Request", "");
    if (r instanceof GetItemResponse x) {
      read = x.consumedCapacity().capacityUnits();
      what += " " + ((GetItemRequest) context.request()).tableName();
    } else if (r instanceof QueryResponse x) {
      read = Math.max(1, x.consumedCapacity().capacityUnits());
      what += " " + ((QueryRequest) context.request()).tableName();
    } else if (r instanceof PutItemResponse x) {
      write = x.consumedCapacity().capacityUnits();
      what += " " + ((PutItemRequest) context.request()).tableName();
    } else if (r instanceof UpdateItemResponse x) {
      write = x.consumedCapacity().capacityUnits();
      what += " " + ((UpdateItemRequest) context.request()).tableName();
    } else if (r instanceof DeleteItemResponse x) {
      write = x.consumedCapacity().capacityUnits();
      what += " " + ((DeleteItemRequest) context.request()).tableName();
    }
    add(new Call(what, attributes.getAttribute(START), System.nanoTime(), read, write));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    add(
        new Call(
            context.request().getClass().getSimpleName()
                + " refused "
                + context.exception().getClass().getSimpleName(),
            attributes.getAttribute(START),
            System.nanoTime(),
            0,
            1));
  }

  private synchronized void add(Call call) {
    calls.add(call);
  }

  synchronized List<Call> take() {
    List<Call> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }
}
