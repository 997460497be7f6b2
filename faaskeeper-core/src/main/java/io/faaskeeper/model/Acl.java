package io.faaskeeper.model;

import java.util.List;
import java.util.Objects;
import org.apache.zookeeper.ZooDefs;

/**
 * One entry of a znode's access control list.
 *
 * @param perms the permission bits of {@link ZooDefs.Perms}
 * @param scheme the authentication scheme: {@code world}, {@code auth}, {@code digest}, {@code ip},
 *     ...
 * @param id the identity within the scheme
 */
public record Acl(int perms, String scheme, String id) {
  /** ZooKeeper's {@code OPEN_ACL_UNSAFE}: anyone may do anything. */
  public static final List<Acl> OPEN = List.of(new Acl(ZooDefs.Perms.ALL, "world", "anyone"));

  /** ZooKeeper's {@code READ_ACL_UNSAFE}: anyone may read. */
  public static final List<Acl> READ = List.of(new Acl(ZooDefs.Perms.READ, "world", "anyone"));

  public Acl {
    Objects.requireNonNull(scheme);
    Objects.requireNonNull(id);
  }
}
