package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.faaskeeper.service.Distributor;
import java.util.List;
import java.util.Map;

/**
 * The distributor function: any number of messages of its queue mean that there is more in the log.
 * What it can't bring to its end in time fails as a whole.
 */
public final class DistributorHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Sandbox sandbox = Sandbox.of("distributor");
  private final Distributor distributor = sandbox.distributor();

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Metrics metrics = sandbox.begin(context);
    Sandbox.join(distributor.distribute(Sandbox.deadline(context)));
    metrics.end(event.getRecords().size(), 0, Map.of());
    return new SQSBatchResponse(List.of());
  }
}
