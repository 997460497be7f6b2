package io.faaskeeper.zookeeper;

import io.faaskeeper.deployment.ConfigException;
import java.util.concurrent.CompletionException;

/** Why a deployment can't be joined, or read. */
public final class JoinFailure {
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  private JoinFailure() {}

  /** In one line, and without what futures wrap around it. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String said = String.valueOf(cause.getMessage());
    if (said.startsWith(NO_CREDENTIALS)) {
      return "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
          + " or log in with aws sso login";
    }
    return cause instanceof ConfigException ? said : cause.toString();
  }
}
