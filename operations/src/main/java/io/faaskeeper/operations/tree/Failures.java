package io.faaskeeper.operations.tree;

import io.faaskeeper.zookeeper.JoinFailure;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.zookeeper.KeeperException;

/** What went wrong, in one line. */
final class Failures {
  /** What helps whoever lacks permissions. */
  static final String SUPER = "name others, or the super user, with --auth";

  private Failures() {}

  static String text(String path, Throwable failure) {
    if (!(failure instanceof KeeperException e)) {
      return path + ": " + JoinFailure.reason(failure);
    }
    return switch (e.code()) {
      case NOAUTH -> path + ": these credentials have no permission; " + SUPER;
      case CONNECTIONLOSS -> path + ": the connection is lost";
      case SESSIONEXPIRED -> path + ": the session has expired";
      case INVALIDACL -> path + ": its ACL is not accepted there";
      case UNIMPLEMENTED ->
          path + ": nodes of this kind need zookeeper.extendedTypesEnabled on the servers";
      default -> path + ": " + e.code();
    };
  }

  /**
   * Waits.
   *
   * @throws IOException what it failed with
   */
  static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw cause instanceof IOException io
          ? io
          : new IOException(JoinFailure.reason(cause == null ? e : cause), cause);
    }
  }
}
