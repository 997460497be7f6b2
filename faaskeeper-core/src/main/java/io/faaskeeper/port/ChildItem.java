package io.faaskeeper.port;

import org.jspecify.annotations.Nullable;

/**
 * A name under a parent, with its last two versions.
 *
 * @param name the child's name, the last component of its path
 * @param current its newest version
 * @param previous the one before it, or null if there was none
 */
public record ChildItem(String name, Version current, @Nullable Version previous) {
  /**
   * From {@code zxid} on the child was there ({@code alive}; the zxid is then its czxid), or gone.
   */
  public record Version(long zxid, boolean alive) {}
}
