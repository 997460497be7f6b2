package io.faaskeeper.operations.tree;

/** Paths of znodes. */
final class Paths {
  /** The part of every tree that belongs to the service itself. */
  static final String OWN = "/zookeeper";

  private Paths() {}

  /** Whether a path is another one, or below it. */
  static boolean isIn(String path, String root) {
    return path.equals(root)
        || root.equals("/")
        || (path.startsWith(root) && path.charAt(root.length()) == '/');
  }

  static String child(String parent, String name) {
    return parent.equals("/") ? "/" + name : parent + "/" + name;
  }

  /** The parent; of the root, the root itself. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
