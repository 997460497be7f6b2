package io.faaskeeper.aws;

import io.faaskeeper.aws.CallCounts.Call;
import io.faaskeeper.aws.CallCounts.Tally;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts the calls of one DynamoDB client, what they are billed, and how many of them came one
 * after the other. Meant for one function instance, which works on one batch at a time: reset,
 * work, snapshot. Thread-safe.
 */
public final class CallMeter implements ExecutionInterceptor {
  private static final ExecutionAttribute<Running> RUNNING =
      new ExecutionAttribute<>("FaaSKeeperRunning");

  private static final int NO_ANSWER = -1;

  private final Map<Call, Tally> byCall = new HashMap<>();
  private long round;
  private int endedDepth;
  private int answerDepth = NO_ANSWER;

  /** A call under way: how many before it, in the longest chain, had ended when it began. */
  private record Running(long round, int depth) {}

  /** Forgets what was counted. Calls under way are not counted when they end. */
  public synchronized void reset() {
    byCall.clear();
    round++;
    endedDepth = 0;
    answerDepth = NO_ANSWER;
  }

  /** An answer was pushed now. Only the first since the reset matters. */
  public synchronized void answerPushed() {
    if (answerDepth == NO_ANSWER) {
      answerDepth = endedDepth;
    }
  }

  /** What was counted until now. */
  public synchronized CallCounts snapshot() {
    return new CallCounts(byCall, endedDepth, answerDepth == NO_ANSWER ? endedDepth : answerDepth);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return Billing.reported(context.request());
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(RUNNING, new Running(round, endedDepth + 1));
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    ended(attributes, Billing.table(context.request()), Billing.of(context.response()));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    ended(attributes, Billing.table(context.request()), Billing.ofFailure(context.exception()));
  }

  private synchronized void ended(ExecutionAttributes attributes, String table, Tally tally) {
    Running running = attributes.getAttribute(RUNNING);
    if (running == null || running.round() != round) {
      return;
    }
    endedDepth = Math.max(endedDepth, running.depth());
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    byCall.merge(new Call(operation, table), tally, Tally::plus);
  }
}
