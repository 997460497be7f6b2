package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.processor.AclRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * Who a session's client is: what it said of itself, and the identities that follow. Not
 * thread-safe.
 */
final class ConnectionIdentity {
  private static final String DIGEST = "digest";
  private static final String IP = "ip";
  private static final String X509 = "x509";

  private final @Nullable String superDigest;
  private List<Credential> credentials;
  private List<Acl> identities;

  /**
   * Who is known from the start.
   *
   * @param superDigest see {@link AclRules#identities}
   */
  ConnectionIdentity(List<Credential> credentials, @Nullable String superDigest) {
    this.superDigest = superDigest;
    this.credentials = List.copyOf(credentials);
    this.identities = AclRules.identities(credentials, superDigest);
  }

  List<Credential> credentials() {
    return credentials;
  }

  List<Acl> identities() {
    return identities;
  }

  /**
   * Adds what the client says of itself. Its address and its certificate are known from its
   * connection, so what it says of these is not believed.
   */
  Code add(Credential credential) {
    return switch (credential.scheme()) {
      case DIGEST -> {
        if (!credentials.contains(credential)) {
          List<Credential> more = new ArrayList<>(credentials);
          more.add(credential);
          credentials = List.copyOf(more);
          identities = AclRules.identities(credentials, superDigest);
        }
        yield Code.OK;
      }
      case IP -> Code.OK;
      case X509 ->
          credentials.stream().anyMatch(known -> known.scheme().equals(X509))
              ? Code.OK
              : Code.AUTHFAILED;
      default -> Code.AUTHFAILED;
    };
  }

  /** The identities, without what is secret in them. */
  List<Acl> shown() {
    return identities.stream()
        .map(id -> id.scheme().equals(DIGEST) ? new Acl(0, DIGEST, name(id.id())) : id)
        .toList();
  }

  private static String name(String digestId) {
    int colon = digestId.indexOf(':');
    return colon < 0 ? digestId : digestId.substring(0, colon);
  }
}
