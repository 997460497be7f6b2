package io.faaskeeper.port;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Subscription;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What user storage says of a path.
 *
 * @param touched the zxid that last changed it: of a node that was deleted within a day, the
 *     deletion's; of one that never was, 0
 * @param meta the node, if it exists
 * @param data its data, if it exists and data was asked for. Not to be modified.
 * @param interested the processes interested in it
 */
public record StoredNode(
    long touched, Optional<NodeMeta> meta, byte @Nullable [] data, Set<Subscription> interested) {
  /** A path of which nothing is stored. */
  public static final StoredNode ABSENT = gone(0, Set.of());

  /** A path at which no node exists. */
  public static StoredNode gone(long touched, Set<Subscription> interested) {
    return new StoredNode(touched, Optional.empty(), null, interested);
  }

  public StoredNode {
    interested = Set.copyOf(interested);
  }
}
