package io.faaskeeper.aws;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.port.Deadline;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages as the text that a queue takes: {@code i} and the bytes in Base64, or if there are too
 * many {@code p}, the number of parts, and the id under which they were put into a table first.
 * Thread-safe.
 */
public final class MessageBodies {
  /** In Base64 a little less than the 1 MiB that SQS takes. */
  static final int SQS_BYTES = 768_000;

  private static final Duration PARTS_LIFE = Duration.ofDays(1);
  private static final int ID_BYTES = 16;
  private static final Pattern CLAIM = Pattern.compile("p(\\d{1,3}):([0-9a-f]{32})");

  private final Parts parts;
  private final RandomGenerator random;
  private final int inlineBytes;

  /**
   * For one deployment.
   *
   * @param random for ids that nobody can guess
   * @param inlineBytes larger messages are put aside
   * @param partBytes in parts of so many
   */
  MessageBodies(Dynamo dynamo, RandomGenerator random, int inlineBytes, int partBytes) {
    this.inlineBytes = inlineBytes;
    this.parts = new Parts(dynamo, Tables.MESSAGES, PARTS_LIFE, partBytes);
    this.random = random;
  }

  CompletionStage<String> write(byte[] message) {
    if (message.length <= inlineBytes) {
      return CompletableFuture.completedStage(
          "i" + Base64.getEncoder().withoutPadding().encodeToString(message));
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return parts
        .put(id, message, Deadline.NONE)
        .thenApply(done -> "p" + parts.count(message.length) + ":" + HexFormat.of().formatHex(id));
  }

  /**
   * The message that a body stands for; fails with a {@link MalformedDataException} if nobody of
   * this deployment can have sent it, or so long ago that its parts have expired.
   */
  public CompletionStage<byte[]> read(String body) {
    if (body.startsWith("i")) {
      try {
        return CompletableFuture.completedStage(Base64.getDecoder().decode(body.substring(1)));
      } catch (IllegalArgumentException e) {
        return CompletableFuture.failedStage(
            new MalformedDataException("a message that is not Base64", e));
      }
    }
    Matcher claim = CLAIM.matcher(body);
    return claim.matches()
        ? parts
            .get(HexFormat.of().parseHex(claim.group(2)), Integer.parseInt(claim.group(1)))
            .thenApply(
                whole ->
                    whole.orElseThrow(
                        () -> new MalformedDataException("the parts of a message are gone")))
        : CompletableFuture.failedStage(new MalformedDataException("a message of no known form"));
  }
}
