package io.faaskeeper.model;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves who sent a message on the worker queue or the client channel: its bytes, preceded by their
 * HMAC-SHA256 under the sender's or receiver's channel secret. A process is named by the hash of
 * its secret, so that a secret that somebody else stored under its name is noticed.
 */
public final class Seal {
  /** Bytes of a channel secret or a deployment secret. */
  public static final int SECRET_BYTES = 32;

  /** Bytes of a session's password, as in ZooKeeper. */
  public static final int PASSWORD_BYTES = 16;

  private static final int MAC_BYTES = 32;
  private static final Pattern PROCESS_NAME = Pattern.compile("[A-Za-z0-9_-]{22}");

  private Seal() {}

  /**
   * Which way a sealed message goes: one that was sent one way is not taken for one of the other.
   */
  public enum Direction {
    TO_WRITER,
    TO_CLIENT
  }

  /**
   * The name of the process that holds this channel secret: 22 characters of Base64's URL alphabet.
   */
  public static String processName(byte[] secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a process could have this name: strangers write what they like. */
  public static boolean isProcessName(String name) {
    return PROCESS_NAME.matcher(name).matches();
  }

  /**
   * The password of a session, as ZooKeeper's a function of its id and a secret that only the
   * service holds.
   */
  public static byte[] password(byte[] deploymentSecret, long sessionId) {
    return Arrays.copyOf(
        hmac(deploymentSecret, new ByteWriter().text("session").fixed(sessionId).toByteArray()),
        PASSWORD_BYTES);
  }

  public static byte[] seal(byte[] secret, Direction direction, byte[] message) {
    byte[] sealed = new byte[MAC_BYTES + message.length];
    System.arraycopy(mac(secret, direction, message), 0, sealed, 0, MAC_BYTES);
    System.arraycopy(message, 0, sealed, MAC_BYTES, message.length);
    return sealed;
  }

  /** The message inside, unproven: to find out whose secret is needed. */
  public static byte[] peek(byte[] sealed) {
    if (sealed.length < MAC_BYTES) {
      throw new MalformedDataException("a sealed message of " + sealed.length + " bytes");
    }
    return Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length);
  }

  /**
   * The message inside; a {@link MalformedDataException} if it was not sealed with this secret for
   * this direction.
   */
  public static byte[] open(byte[] secret, Direction direction, byte[] sealed) {
    byte[] message = peek(sealed);
    if (!MessageDigest.isEqual(mac(secret, direction, message), Arrays.copyOf(sealed, MAC_BYTES))) {
      throw new MalformedDataException("the seal is not that of the sender it names");
    }
    return message;
  }

  private static byte[] mac(byte[] secret, Direction direction, byte[] message) {
    return hmac(secret, new ByteWriter().member(direction).bytes(message).toByteArray());
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
