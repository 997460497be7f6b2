package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Credential;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.jute.InputArchive;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.GetSASLRequest;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.SetSASLResponse;

/**
 * What a client says of itself. Such a packet that can't be read ends the connection, unlike those
 * of other types: so it is in ZooKeeper.
 */
final class AuthRequests {
  private AuthRequests() {}

  static Exchange auth(InputArchive body) throws IOException {
    AuthPacket r = new AuthPacket();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.AddAuth(
            new Credential(Jute.present(r.getScheme()), Jute.orEmpty(r.getAuth()))),
        new Answers.OfAuth());
  }

  /** A ZooKeeper server without SASL answers every token with none. */
  static ByteBuffer sasl(int xid, InputArchive body) throws IOException {
    GetSASLRequest r = new GetSASLRequest();
    r.deserialize(body, "request");
    if (r.getToken() == null) {
      throw new IOException("a SASL token is missing");
    }
    return Jute.frame(new ReplyHeader(xid, 0, 0), new SetSASLResponse(null));
  }
}
