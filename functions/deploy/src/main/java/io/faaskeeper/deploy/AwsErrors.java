package io.faaskeeper.deploy;

import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What the SDK's failures mean to whoever deploys: one line that says what to do. */
final class AwsErrors {
  private static final Set<String> NOT_ALLOWED =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403");

  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch");

  private AwsErrors() {}

  /** Does a call. */
  static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw new DeployException(line(e), e);
    } catch (SdkClientException e) {
      throw new DeployException(line(e), e);
    }
  }

  /** The service's own code of an error; its HTTP status if it gave none. */
  static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? String.valueOf(e.statusCode())
        : e.awsErrorDetails().errorCode();
  }

  private static String line(AwsServiceException e) {
    String said = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
    if (NOT_ALLOWED.contains(code(e))) {
      return "not allowed: "
          + said
          + " (let the account's administrator grant it, or choose another AWS_PROFILE)";
    } else if (BAD_CREDENTIALS.contains(code(e))) {
      return "AWS does not accept the credentials ("
          + code(e)
          + "): log in again, or renew what AWS_PROFILE or the AWS_ACCESS_KEY_ID variables name";
    }
    return "AWS refuses: " + said + " (" + code(e) + ")";
  }

  private static String line(SdkClientException e) {
    String said = String.valueOf(e.getMessage());
    return said.contains("credentials")
        ? "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
            + " log in with aws sso login"
        : "AWS can't be reached: check the network and the region (" + said + ")";
  }
}
