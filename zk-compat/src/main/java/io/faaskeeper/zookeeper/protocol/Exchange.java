package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import org.apache.zookeeper.KeeperException.Code;

/**
 * One request as it was understood.
 *
 * @param request what is asked of the session
 * @param answer how its reply is written
 */
record Exchange(ClientRequest request, Answer answer) {
  /** A request that is answered with an error, in its turn. */
  static Exchange rejected(Code code) {
    return new Exchange(new ClientRequest.Reject(code.intValue()), Answer.HEADER);
  }
}
