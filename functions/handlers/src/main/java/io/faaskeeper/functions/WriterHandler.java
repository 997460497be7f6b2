package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The writer function: takes batches of the worker queue, whichever it is, and reports partial
 * failures.
 */
public final class WriterHandler implements RequestStreamHandler {
  private final Sandbox sandbox = Sandbox.of("writer");
  private final WriterBatch writer = sandbox.writer();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Metrics metrics = sandbox.begin(context);
    RequestTally tally = new RequestTally();
    List<BatchEvent.Message> messages = BatchEvent.read(input);
    List<String> failed = Sandbox.join(writer.process(messages, Sandbox.deadline(context), tally));
    metrics.end(messages.size(), failed.size(), tally.counts());
    output.write(BatchEvent.failures(failed));
  }
}
