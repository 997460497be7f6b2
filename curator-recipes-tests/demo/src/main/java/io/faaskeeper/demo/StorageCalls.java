package io.faaskeeper.demo;

import io.faaskeeper.aws.CallMeter;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts each call of this JVM's DynamoDB clients in the meter for what it is for. */
public final class StorageCalls implements ExecutionInterceptor {
  private static final ExecutionAttribute<CallMeter> METER =
      new ExecutionAttribute<>("FaaSKeeperDemoMeter");

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    CallMeter meter = Instruments.OF_THIS_JVM.clientCalls().meter(context.request());
    attributes.putAttribute(METER, meter);
    meter.beforeExecution(context, attributes);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return attributes.getAttribute(METER).modifyRequest(context, attributes);
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    attributes.getAttribute(METER).afterExecution(context, attributes);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    attributes.getAttribute(METER).onExecutionFailure(context, attributes);
  }
}
