package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.faaskeeper.service.Distributor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The distributor function: any number of messages of its queue, or changes of the log's table,
 * mean that there is more in the log. What it can't bring to its end in time fails as a whole.
 */
public final class DistributorHandler implements RequestStreamHandler {
  private final Prepared<Ready<Distributor>> prepared =
      Ready.of("distributor", Sandbox::distributor, DistributorHandler::rehearse);

  private static void rehearse(Distributor distributor) throws IOException {
    List<BatchEvent.Message> unused = BatchEvent.read(BatchEvent.empty());
    Sandbox.join(distributor.distribute(Sandbox.briefly()));
    byte[] unusedToo = BatchEvent.failures(List.of());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Ready<Distributor> ready = prepared.get(Sandbox.limit(context));
    Metrics metrics = ready.sandbox().begin(context);
    int messages = BatchEvent.read(input).size();
    prepared.await(ready.stage().distribute(Sandbox.deadline(context)), Sandbox.limit(context));
    metrics.end(messages, 0, Map.of());
    output.write(BatchEvent.failures(List.of()));
  }
}
