package io.faaskeeper.model;

import java.util.List;

/**
 * One message on the worker queue, in the order in which its requests are to take effect. It is
 * sealed with the sending process's channel secret (see {@link Seal}), so that a request of a
 * session is believed only from the process that the log names as its owner.
 *
 * @param process the name of the sending process, or {@link #SERVICE}
 * @param address where the process's client channel listens, or empty
 * @param requests what it asks
 */
public record RequestMessage(String process, String address, List<Request> requests) {
  /** The sender of the service's own messages, sealed with the deployment secret. */
  public static final String SERVICE = "";

  public RequestMessage {
    requests = List.copyOf(requests);
  }
}
