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
  private final Prepared<Ready<WriterBatch>> prepared =
      Ready.of("writer", Sandbox::writer, WriterHandler::rehearse);

  private static void rehearse(WriterBatch writer) throws IOException {
    List<BatchEvent.Message> nothing = BatchEvent.read(BatchEvent.empty());
    RequestTally tally = new RequestTally();
    List<String> failed = Sandbox.join(writer.process(nothing, Sandbox.briefly(), tally));
    byte[] unused = BatchEvent.failures(failed);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Ready<WriterBatch> ready = prepared.get(Sandbox.limit(context));
    Metrics metrics = ready.sandbox().begin(context);
    RequestTally tally = new RequestTally();
    List<BatchEvent.Message> messages = BatchEvent.read(input);
    List<String> failed =
        prepared.await(
            ready.stage().process(messages, Sandbox.deadline(context), tally),
            Sandbox.limit(context));
    metrics.end(messages.size(), failed.size(), tally.counts());
    output.write(BatchEvent.failures(failed));
  }
}
