package io.faaskeeper.processor;

import io.faaskeeper.model.Credential;
import java.util.List;

/**
 * What a request comes with besides its operation.
 *
 * @param zxid the zxid that it gets, whatever becomes of it
 * @param timeMillis the time for ctime and mtime and the age of TTL nodes, in milliseconds since
 *     the epoch
 * @param sessionId the session that asks; 0 is the service itself
 * @param credentials of the session's connection
 */
public record WriteContext(
    long zxid, long timeMillis, long sessionId, List<Credential> credentials) {
  public WriteContext {
    credentials = List.copyOf(credentials);
    if (zxid <= 0) {
      throw new IllegalArgumentException("zxid " + zxid);
    }
  }
}
