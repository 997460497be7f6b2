package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many bytes of paths, data and ACLs a request or its changes hold. */
final class Sizes {
  private Sizes() {}

  static long of(Operation operation) {
    if (operation instanceof Operation.Multi multi) {
      return multi.operations().stream().mapToLong(Sizes::of).sum();
    }
    if (operation instanceof Operation.Create op) {
      return of(op.path(), op.acl(), op.data());
    }
    if (operation instanceof Operation.SetData op) {
      return of(op.path(), null, op.data());
    }
    if (operation instanceof Operation.SetAcl op) {
      return of(op.path(), op.acl(), null);
    }
    if (operation instanceof Operation.DeleteContainer op) {
      return of(op.path(), null, null);
    }
    return operation instanceof Operation.Simple op ? of(op.path(), null, null) : 0;
  }

  static long of(List<NodeChange> changes) {
    return changes.stream().mapToLong(c -> of(c.path(), c.acl(), c.data())).sum();
  }

  private static long of(String path, @Nullable List<Acl> acl, byte @Nullable [] data) {
    return (long) ZnodePath.bytes(path)
        + (acl == null ? 0 : Codec.encodeAcl(acl).length)
        + (data == null ? 0 : data.length);
  }
}
