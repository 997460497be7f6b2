package io.faaskeeper.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.faaskeeper.service.Heartbeat;
import java.util.Map;

/**
 * The heartbeat function: takes the events of its schedule, and needs nothing that they say. A run
 * after one that did not end, here or in another instance, does not trust the schedule to be on.
 */
public final class HeartbeatHandler
    implements RequestHandler<Map<String, Object>, Heartbeat.Report> {
  private final Prepared<Ready<Heartbeat>> prepared =
      Ready.of("heartbeat", Sandbox::heartbeat, heartbeat -> {});
  private boolean endedWell;

  @Override
  public Heartbeat.Report handleRequest(Map<String, Object> event, Context context) {
    Ready<Heartbeat> ready = prepared.get(Sandbox.limit(context));
    Metrics metrics = ready.sandbox().begin(context);
    boolean trusted = endedWell;
    endedWell = false;
    Heartbeat.Report report =
        prepared.await(ready.stage().run(Sandbox.deadline(context)), Sandbox.limit(context));
    if (report.sessionsLeft() && !trusted) {
      prepared.await(ready.sandbox().heartbeatRule().enable(), Sandbox.limit(context));
    }
    endedWell = true;
    metrics.end(0, 0, Map.of());
    return report;
  }
}
