package io.faaskeeper.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.ZooDefs.Perms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AclRulesTest {
  /** What ZooKeeper's own command prints for "super:admin". */
  private static final String ADMIN = "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=";

  private static final Credential ADDRESS = credential("ip", "10.1.2.3");
  private static final Credential PASSWORD = credential("digest", "super:admin");

  @Test
  void credentialsMakeIdentities() {
    assertEquals(
        List.of(new Acl(0, "ip", "10.1.2.3"), new Acl(0, "digest", ADMIN)),
        AclRules.identities(List.of(ADDRESS, PASSWORD, PASSWORD)));
  }

  @Test
  void aCertificateMakesWhoItNames() {
    Credential certificate = credential("x509", "CN=a,O=firm");
    List<Acl> identities = AclRules.identities(List.of(ADDRESS, certificate));
    Acl named = new Acl(Perms.READ, "x509", "CN=a,O=firm");
    assertTrue(AclRules.permits(List.of(named), Perms.READ, identities));
    assertFalse(
        AclRules.permits(
            List.of(new Acl(Perms.READ, "x509", "CN=b,O=firm")), Perms.READ, identities));
    assertFalse(
        AclRules.permits(List.of(named), Perms.READ, AclRules.identities(List.of(ADDRESS))));
    assertEquals(
        Optional.of(List.of(named)),
        AclRules.fixUp(List.of(new Acl(Perms.READ, "auth", "")), identities));
  }

  @Test
  void onlyItsPasswordMakesTheSuperUser() {
    assertEquals(
        List.of(new Acl(0, "super", ""), new Acl(0, "digest", ADMIN)),
        AclRules.identities(List.of(PASSWORD), ADMIN));
    assertEquals(
        List.of(),
        AclRules.identities(
            List.of(credential("super", ""), credential("world", "anyone"), credential("x", "y")),
            ADMIN));
  }

  @ParameterizedTest
  @CsvSource({
    "world, anyone, true",
    "world, somebody, false",
    "ip, 10.1.2.3, true",
    "ip, 10.1.2.4, false",
    "ip, 10.1.0.0/16, true",
    "ip, 10.1.2.4/31, false",
    "ip, 10.1.2.2/31, true",
    "ip, 0.0.0.0/0, true",
    "ip, ::/0, false",
    "digest, super:xQJmxLMiHGwaqBvst5y6rkB6HQs=, true",
    "digest, super:other, false",
    "auth, '', false"
  })
  void anEntryIsForWhomItNames(String scheme, String id, boolean permitted) {
    List<Acl> identities = AclRules.identities(List.of(ADDRESS, PASSWORD));
    List<Acl> acl = List.of(new Acl(Perms.WRITE | Perms.READ, scheme, id));
    assertEquals(permitted, AclRules.permits(acl, Perms.READ, identities));
    assertEquals(permitted, AclRules.permits(acl, Perms.READ | Perms.ADMIN, identities));
    assertFalse(AclRules.permits(acl, Perms.ADMIN, identities));
    assertTrue(AclRules.permits(acl, Perms.ADMIN, List.of(new Acl(0, "super", ""))));
  }

  @Test
  void tellsWhetherAnyoneMayRead() {
    assertTrue(AclRules.anyoneMayRead(Acl.READ));
    assertFalse(AclRules.anyoneMayRead(List.of(new Acl(Perms.WRITE, "world", "anyone"))));
    assertFalse(AclRules.anyoneMayRead(List.of(new Acl(Perms.ALL, "ip", "0.0.0.0/0"))));
  }

  @Test
  void withoutAnAclEverythingIsPermitted() {
    assertTrue(AclRules.permits(List.of(), Perms.ALL, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "world, anyone, true",
    "world, somebody, false",
    "auth, '', false",
    "digest, a:b, true",
    "digest, a, false",
    "digest, a:, false",
    "digest, a:b:c, false",
    "ip, 10.0.0.1, true",
    "ip, 10.0.0.0/8, true",
    "ip, 10.0.0.0/33, false",
    "ip, 10.0.0, false",
    "ip, localhost, false",
    "ip, fe80::1, true",
    "ip, fe80::/10, true",
    "ip, fe80::1::2, false",
    "super, '', false",
    "sasl, user, false",
    "x509, 'CN=user,O=firm', true",
    "x509, user, false"
  })
  void someEntriesAreInvalid(String scheme, String id, boolean valid) {
    List<Acl> acl = List.of(new Acl(Perms.READ, scheme, id));
    List<Acl> identities = AclRules.identities(List.of(ADDRESS));
    assertEquals(valid ? Optional.of(acl) : Optional.empty(), AclRules.fixUp(acl, identities));
  }

  @Test
  void oneInvalidEntrySpoilsTheAcl() {
    List<Acl> acl = List.of(Acl.OPEN.get(0), new Acl(Perms.READ, "digest", "a"));
    assertEquals(Optional.empty(), AclRules.fixUp(acl, List.of()));
    assertEquals(Optional.empty(), AclRules.fixUp(List.of(), List.of()));
  }

  @Test
  void entriesAreKeptOnceInTheirOrder() {
    Acl read = new Acl(Perms.READ, "world", "anyone");
    Acl write = new Acl(Perms.WRITE, "world", "anyone");
    assertEquals(
        Optional.of(List.of(write, read)), AclRules.fixUp(List.of(write, read, write), List.of()));
  }

  @Test
  void authBecomesWhoAsks() {
    Credential other = credential("digest", "other:secret");
    List<Acl> identities = AclRules.identities(List.of(ADDRESS, PASSWORD, other), ADMIN);
    String otherId = AclRules.identities(List.of(other)).get(0).id();
    assertEquals(
        Optional.of(
            List.of(new Acl(Perms.ALL, "digest", ADMIN), new Acl(Perms.ALL, "digest", otherId))),
        AclRules.fixUp(List.of(new Acl(Perms.ALL, "auth", "ignored")), identities));
  }

  private static Credential credential(String scheme, String auth) {
    return new Credential(scheme, auth.getBytes(StandardCharsets.UTF_8));
  }
}
