package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.apache.zookeeper.server.auth.IPAuthenticationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: ZooKeeper's access control with its schemes {@code world}, {@code auth}, {@code
 * digest}, {@code ip} and {@code x509}, and its super user. An identity is an {@link Acl} without
 * permissions.
 */
public final class AclRules {
  private static final String WORLD = "world";
  private static final String AUTH = "auth";
  private static final String DIGEST = "digest";
  private static final String IP = "ip";
  private static final String X509 = "x509";
  private static final String SUPER = "super";

  private static final DigestAuthenticationProvider DIGESTS = new DigestAuthenticationProvider();
  private static final IPAuthenticationProvider ADDRESSES = new IPAuthenticationProvider();

  private AclRules() {}

  /** {@link #identities(List, String)} where there is no super user. */
  public static List<Acl> identities(List<Credential> credentials) {
    return identities(credentials, null);
  }

  /**
   * Who these credentials make their holder. Those of a scheme that is not known make nobody.
   *
   * @param superDigest {@code super:} and the digest of its name and password, as ZooKeeper's
   *     property of this name has it; null if there is no super user
   */
  public static List<Acl> identities(List<Credential> credentials, @Nullable String superDigest) {
    Set<Acl> identities = new LinkedHashSet<>();
    for (Credential credential : credentials) {
      String auth = new String(credential.auth(), StandardCharsets.UTF_8);
      if (credential.scheme().equals(DIGEST)) {
        String digest = digest(auth);
        if (digest.equals(superDigest)) {
          identities.add(new Acl(0, SUPER, ""));
        }
        identities.add(new Acl(0, DIGEST, digest));
      } else if (credential.scheme().equals(IP)) {
        identities.add(new Acl(0, IP, auth));
      } else if (credential.scheme().equals(X509)) {
        identities.add(new Acl(0, X509, auth));
      }
    }
    return List.copyOf(identities);
  }

  private static String digest(String nameAndPassword) {
    try {
      return DigestAuthenticationProvider.generateDigest(nameAndPassword);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the provider checked its algorithm when it was loaded", e);
    }
  }

  /**
   * Whether an ACL lets somebody do something.
   *
   * @param perms bits of {@link org.apache.zookeeper.ZooDefs.Perms}, of which one suffices
   */
  public static boolean permits(List<Acl> acl, int perms, List<Acl> identities) {
    return acl.isEmpty()
        || identities.stream().anyMatch(i -> i.scheme().equals(SUPER))
        || acl.stream().anyMatch(a -> (a.perms() & perms) != 0 && names(a, identities));
  }

  private static boolean names(Acl acl, List<Acl> identities) {
    return isAnyone(acl) || identities.stream().anyMatch(identity -> matches(acl, identity));
  }

  private static boolean matches(Acl acl, Acl identity) {
    if (!acl.scheme().equals(identity.scheme())) {
      return false;
    }
    return switch (acl.scheme()) {
      case DIGEST -> DIGESTS.matches(identity.id(), acl.id());
      case IP -> ADDRESSES.matches(identity.id(), acl.id());
      case X509 -> identity.id().equals(acl.id());
      default -> false;
    };
  }

  /**
   * The ACL to store when {@code acl} was asked for: each entry once, {@code auth} replaced by the
   * digests and certificates of who asks. Empty if it can't be: {@code INVALIDACL}.
   */
  public static Optional<List<Acl>> fixUp(List<Acl> acl, List<Acl> identities) {
    List<Acl> fixed = new ArrayList<>();
    for (Acl entry : new LinkedHashSet<>(acl)) {
      List<Acl> stored = entry.scheme().equals(AUTH) ? expand(entry, identities) : valid(entry);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      fixed.addAll(stored);
    }
    return fixed.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(fixed));
  }

  private static List<Acl> expand(Acl entry, List<Acl> identities) {
    return identities.stream()
        .filter(identity -> identity.scheme().equals(DIGEST) || identity.scheme().equals(X509))
        .map(identity -> new Acl(entry.perms(), identity.scheme(), identity.id()))
        .toList();
  }

  private static List<Acl> valid(Acl entry) {
    boolean valid =
        switch (entry.scheme()) {
          case WORLD -> isAnyone(entry);
          case DIGEST -> DIGESTS.isValid(entry.id());
          case IP -> ADDRESSES.isValid(entry.id());
          case X509 -> isDistinguishedName(entry.id());
          default -> false;
        };
    return valid ? List.of(entry) : List.of();
  }

  private static boolean isDistinguishedName(String id) {
    try {
      var unused = new X500Principal(id);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isAnyone(Acl acl) {
    return acl.scheme().equals(WORLD) && acl.id().equals("anyone");
  }

  /** Whether a node with this ACL may be read by anyone, known or not. */
  public static boolean anyoneMayRead(List<Acl> acl) {
    return acl.stream().anyMatch(a -> (a.perms() & Perms.READ) != 0 && isAnyone(a));
  }
}
