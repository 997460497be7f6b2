package io.faaskeeper.aws;

import io.faaskeeper.model.MalformedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pushes as the text of messages of SQS: {@code w} and the bytes in Base64, or if they are too many
 * for one message, several of {@code p<id>:<index>:<count>:} and some of the bytes.
 */
final class PushBodies {
  /** In Base64 below 256 KiB, what every queue takes. */
  static final int PART_BYTES = 180_000;

  /** What one push may have, as on a connection. */
  static final int MAX_BYTES = Frames.MAX_BYTES;

  private static final String WHOLE = "w";
  private static final int MAX_PARTS = MAX_BYTES / PART_BYTES + 1;
  private static final Pattern PART =
      Pattern.compile("p([0-9a-f]{1,16}):(\\d{1,3}):(\\d{1,3}):([A-Za-z0-9+/]*)");

  private PushBodies() {}

  /**
   * A message as it came.
   *
   * @param id names the push among others of these minutes
   * @param index of this part, from 0
   * @param count of the push's parts
   */
  record Part(String id, int index, int count, byte[] bytes) {}

  /**
   * The texts that make the push.
   *
   * @param id nobody used of late
   */
  static List<String> write(byte[] push, long id) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    if (push.length <= PART_BYTES) {
      return List.of(WHOLE + base64.encodeToString(push));
    }
    int count = (push.length + PART_BYTES - 1) / PART_BYTES;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * PART_BYTES;
      byte[] part = Arrays.copyOfRange(push, from, Math.min(push.length, from + PART_BYTES));
      texts.add(
          "p" + Long.toHexString(id) + ":" + i + ":" + count + ":" + base64.encodeToString(part));
    }
    return texts;
  }

  /** Reads one message; a {@link MalformedDataException} if it is none. */
  static Part read(String text) {
    if (text.startsWith(WHOLE)) {
      return new Part("", 0, 1, decode(text.substring(WHOLE.length())));
    }
    Matcher part = PART.matcher(text);
    if (!part.matches()) {
      throw new MalformedDataException("a message of no known form");
    }
    int index = Integer.parseInt(part.group(2));
    int count = Integer.parseInt(part.group(3));
    if (index >= count || count > MAX_PARTS) {
      throw new MalformedDataException("part " + index + " of " + count);
    }
    return new Part(part.group(1), index, count, decode(part.group(4)));
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException("a message that is not Base64", e);
    }
  }
}
