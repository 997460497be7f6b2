package io.faaskeeper.client;

import io.faaskeeper.model.Seal;
import java.util.random.RandomGenerator;

/**
 * The name of a process and the secret behind it.
 *
 * @param name the hash of the secret
 * @param secret seals what goes to the writer and what comes from the distributor; not to be
 *     modified, nor shown
 */
record ProcessIdentity(String name, byte[] secret) {
  /** A new one. */
  static ProcessIdentity random(RandomGenerator random) {
    byte[] secret = new byte[Seal.SECRET_BYTES];
    random.nextBytes(secret);
    return new ProcessIdentity(Seal.processName(secret), secret);
  }

  @Override
  public String toString() {
    return name;
  }
}
