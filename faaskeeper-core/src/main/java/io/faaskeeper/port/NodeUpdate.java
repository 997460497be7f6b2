package io.faaskeeper.port;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeStat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last state of a node after a group of records.
 *
 * @param path the node
 * @param zxid the last change in the group
 * @param alive whether it exists after it; if not, a tombstone stays
 * @param stat its Stat (of a tombstone the last one)
 * @param childSum its child sum
 * @param acl its ACL if the group changed it, else null: what is stored stays. Never null when the
 *     group created it.
 * @param data its data if the group changed it, else null: what is stored stays. Never null when
 *     the group created it.
 */
public record NodeUpdate(
    String path,
    long zxid,
    boolean alive,
    NodeStat stat,
    long childSum,
    @Nullable List<Acl> acl,
    byte @Nullable [] data) {}
