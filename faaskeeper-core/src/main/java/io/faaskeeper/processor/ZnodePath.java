package io.faaskeeper.processor;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;

/** Paths, as ZooKeeper takes them apart. */
public final class ZnodePath {
  static final String ROOT = "/";
  static final String ZOOKEEPER = "/zookeeper";

  /** Below it, a subtree's quota is at the subtree's path. */
  public static final String QUOTA = "/zookeeper/quota";

  static final String CONFIG = "/zookeeper/config";

  /** What can't be deleted. */
  static final Set<String> RESERVED = Set.of(ROOT, ZOOKEEPER, QUOTA, CONFIG);

  private ZnodePath() {}

  /** Whether a node can have this path. */
  public static boolean isValid(String path) {
    try {
      PathUtils.validatePath(path);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static int bytes(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * What comes before the last slash, whether the path is valid or not; null if the path has no
   * slash, or a zero character, where ZooKeeper looks no further.
   */
  static @Nullable String parent(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0 || path.indexOf('\0') >= 0) {
      return null;
    }
    return slash == 0 ? ROOT : path.substring(0, slash);
  }

  /** What comes after the last slash. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
