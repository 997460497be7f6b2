package io.faaskeeper.operations;

/** Paths of znodes. */
public final class Paths {
  /** The part of every tree that belongs to the service itself. */
  public static final String OWN = "/zookeeper";

  private Paths() {}

  /** Whether a path is another one, or below it. */
  public static boolean isIn(String path, String root) {
    return path.equals(root)
        || root.equals("/")
        || (path.startsWith(root) && path.charAt(root.length()) == '/');
  }

  public static String child(String parent, String name) {
    return parent.equals("/") ? "/" + name : parent + "/" + name;
  }

  /** The parent; of the root, the root itself. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
