package io.faaskeeper.model;

import java.util.Arrays;

/**
 * What a client said of itself, raw, as in ZooKeeper's {@code addAuthInfo}. It travels with
 * requests and is turned into an identity by the writer; it never reaches the log.
 *
 * @param scheme {@code digest} ("user:password" in {@code auth}), {@code ip} (the address of the
 *     client's connection), {@code x509} (the name that its certificate is for), ...
 * @param auth the scheme's own bytes; not to be modified
 */
public record Credential(String scheme, byte[] auth) {
  @Override
  public boolean equals(Object o) {
    return o instanceof Credential c && scheme.equals(c.scheme) && Arrays.equals(auth, c.auth);
  }

  @Override
  public int hashCode() {
    return 31 * scheme.hashCode() + Arrays.hashCode(auth);
  }

  /** Names the scheme alone: the rest is a secret. */
  @Override
  public String toString() {
    return "Credential[" + scheme + "]";
  }
}
