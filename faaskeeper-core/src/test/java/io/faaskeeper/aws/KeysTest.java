package io.faaskeeper.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void aShortPathIsItsOwnKey() {
    assertArrayEquals("/".getBytes(StandardCharsets.UTF_8), Keys.path("/"));
    assertArrayEquals(
        "/fifteen-bytes-".getBytes(StandardCharsets.UTF_8), Keys.path("/fifteen-bytes-"));
  }

  /** So no path can be chosen whose bytes are the hash of another. */
  @Test
  void everyOtherKeyHasSixteenBytes() {
    for (int length : new int[] {16, 17, 300, 100_000}) {
      assertEquals(16, Keys.path("/" + "x".repeat(length - 1)).length);
    }
  }

  @Test
  void anOrderedKeyFitsAndKeepsTheOrder() {
    String stem = "n".repeat(999);
    List<String> texts =
        List.of("a", "ab", "b", stem + "a", stem + "az", stem + "b", "o", "\u6c34");
    for (int i = 1; i < texts.size(); i++) {
      byte[] before = Keys.ordered(texts.get(i - 1));
      byte[] after = Keys.ordered(texts.get(i));
      assertTrue(Arrays.compareUnsigned(before, after) < 0, texts.get(i));
      assertTrue(after.length <= 1024);
    }
    assertTrue(Keys.isWhole(Keys.ordered(stem + "a")));
    assertFalse(Keys.isWhole(Keys.ordered(stem + "ab")));
  }

  @Test
  void longTextsThatBeginAlikeHaveKeysOfTheirOwn() {
    String stem = "n".repeat(2000);
    assertFalse(Arrays.equals(Keys.ordered(stem + "a"), Keys.ordered(stem + "b")));
  }
}
