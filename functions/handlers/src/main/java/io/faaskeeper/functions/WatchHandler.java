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
  private final Sandbox sandbox = Sandbox.of("watch");
  private final WatchFunction watch = sandbox.watch();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Metrics metrics = sandbox.begin(context);
    List<Delivery> deliveries = WatchEvent.decode(input.readAllBytes());
    Sandbox.join(watch.deliver(deliveries, Sandbox.deadline(context)));
    metrics.end(deliveries.size(), 0, Map.of());
    output.write("{}".getBytes(StandardCharsets.UTF_8));
  }
}
