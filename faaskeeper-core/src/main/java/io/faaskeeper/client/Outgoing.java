package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request on its way to the writer. Only the {@link Sender} changes it. */
final class Outgoing {
  private static final int OVERHEAD_BYTES = 64;

  final Request request;
  final int bytes;

  /** Whether it waits for an answer; if not, it is forgotten once it was sent. */
  final boolean answerable;

  /** Asked when nobody answered for long: whether to go on. */
  final BooleanSupplier persist;

  /** When it is sent again; {@code Long.MAX_VALUE} while it was not sent. */
  long dueNanos = Long.MAX_VALUE;

  int attempts;
  boolean done;

  Outgoing(Request request, boolean answerable, BooleanSupplier persist) {
    this.request = request;
    this.bytes = bytes(request);
    this.answerable = answerable;
    this.persist = persist;
  }

  /** About how many bytes it takes in a message. */
  private static int bytes(Request request) {
    if (request instanceof Request.OfSession s) {
      int bytes = OVERHEAD_BYTES + bytes(s.operation());
      for (Credential credential : s.credentials()) {
        bytes += credential.scheme().length() + credential.auth().length;
      }
      return bytes;
    }
    return OVERHEAD_BYTES;
  }

  private static int bytes(Operation operation) {
    if (operation instanceof Operation.Create o) {
      return o.path().length() + bytes(o.data()) + bytes(o.acl());
    }
    if (operation instanceof Operation.SetData o) {
      return o.path().length() + bytes(o.data());
    }
    if (operation instanceof Operation.SetAcl o) {
      return o.path().length() + bytes(o.acl());
    }
    if (operation instanceof Operation.Multi o) {
      int bytes = OVERHEAD_BYTES;
      for (Operation.Simple part : o.operations()) {
        bytes += OVERHEAD_BYTES + bytes(part);
      }
      return bytes;
    }
    return operation instanceof Operation.Simple o ? o.path().length() : OVERHEAD_BYTES;
  }

  private static int bytes(byte @Nullable [] data) {
    return data == null ? 0 : data.length;
  }

  private static int bytes(List<Acl> acl) {
    int bytes = 0;
    for (Acl entry : acl) {
      bytes += entry.scheme().length() + entry.id().length() + 4;
    }
    return bytes;
  }
}
