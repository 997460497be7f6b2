package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.List;

/** The writer function: takes batches of the worker queue, reports partial failures. */
public final class WriterHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Sandbox sandbox = Sandbox.of("writer");
  private final WriterBatch writer = sandbox.writer();

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Metrics metrics = sandbox.begin(context);
    RequestTally tally = new RequestTally();
    List<String> failed =
        Sandbox.join(writer.process(event.getRecords(), Sandbox.deadline(context), tally));
    metrics.end(event.getRecords().size(), failed.size(), tally.counts());
    return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
  }
}
