package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.port.WatchFunction.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The watch function, invoked synchronously with a {@link WatchEvent}. */
public final class WatchHandler implements RequestStreamHandler {
  private final Prepared<Ready<WatchFunction>> prepared =
      Ready.of("watch", Sandbox::watch, watch -> {});

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Ready<WatchFunction> ready = prepared.get(Sandbox.limit(context));
    Metrics metrics = ready.sandbox().begin(context);
    List<Delivery> deliveries = WatchEvent.decode(input.readAllBytes());
    prepared.await(
        ready.stage().deliver(deliveries, Sandbox.deadline(context)), Sandbox.limit(context));
    metrics.end(deliveries.size(), 0, Map.of());
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
