package io.faaskeeper.parity;

import java.io.IOException;

/**
 * A request that can be sent to any server.
 *
 * @param text for who reads of a difference
 * @param type of the header
 * @param xid of the header, or 0 for the client's next one
 * @param body what follows the header
 * @param alone whether nothing may be on the way before it
 */
record Call(String text, int type, int xid, Body body, boolean alone) {
  /** Bytes that may depend on what a server told its client. */
  interface Body {
    byte[] of(Knowledge knowledge) throws IOException;
  }

  /** What a client can put into a request. */
  interface Knowledge {
    /** The zxid of this successful write, of all that the server answered; 0 for the none. */
    long zxid(int write);
  }

  Call alone(boolean wanted) {
    return new Call(text, type, xid, body, wanted);
  }
}
