package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Result;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link ClientRequest}.
 *
 * @param zxid for the reply's header: of a write its own, of everything else the session's view
 * @param code for the reply's header
 * @param body what the request's kind answers with if {@code code} is OK; {@link Body.None} if it
 *     isn't, but for multis, which tell the error of each operation
 */
public record Reply(long zxid, Code code, Body body) {
  /** The forms of an answer. */
  public sealed interface Body {}

  /** Nothing but the header. */
  public record None() implements Body {}

  /** Of a {@link ClientRequest.Write}. */
  public record Written(Result result) implements Body {}

  /** Of {@link ClientRequest.Exists}. */
  public record StatBody(NodeStat stat) implements Body {}

  /**
   * Of {@link ClientRequest.GetData}.
   *
   * @param data not to be modified; null if the node was given none
   */
  public record Data(byte @Nullable [] data, NodeStat stat) implements Body {}

  /** Of {@link ClientRequest.GetAcl}; digests are masked as ZooKeeper masks them. */
  public record AclBody(List<Acl> acl, NodeStat stat) implements Body {}

  /** Of {@link ClientRequest.GetChildren}; the names in no particular order. */
  public record Children(List<String> names, NodeStat stat) implements Body {}

  /** Of {@link ClientRequest.GetAllChildrenNumber}. */
  public record Count(int count) implements Body {}

  /** Of {@link ClientRequest.GetEphemerals}. */
  public record Paths(List<String> paths) implements Body {}

  /** Of {@link ClientRequest.MultiRead}: one code and body each. */
  public record Reads(List<Reply> replies) implements Body {}

  /** Of {@link ClientRequest.WhoAmI}: scheme and the part of the identity that may be shown. */
  public record Identities(List<Acl> identities) implements Body {}

  /** An answer without a body. */
  public static Reply of(long zxid, Code code) {
    return new Reply(zxid, code, new None());
  }
}
