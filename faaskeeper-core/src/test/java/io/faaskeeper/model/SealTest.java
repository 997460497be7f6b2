package io.faaskeeper.model;

import static io.faaskeeper.model.Seal.Direction.TO_CLIENT;
import static io.faaskeeper.model.Seal.Direction.TO_WRITER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] SECRET = secret(1);
  private static final byte[] OTHER = secret(2);

  @Property(tries = 200)
  void whatIsSealedIsOpened(@ForAll byte[] message) {
    for (Seal.Direction direction : Seal.Direction.values()) {
      byte[] sealed = Seal.seal(SECRET, direction, message);

      assertArrayEquals(message, Seal.open(SECRET, direction, sealed));
      assertArrayEquals(message, Seal.peek(sealed));
    }
  }

  @Test
  void anotherSecretDoesNotOpenIt() {
    assertRefused(OTHER, TO_WRITER, Seal.seal(SECRET, TO_WRITER, new byte[5]));
  }

  @Test
  void theOtherDirectionDoesNotOpenIt() {
    assertRefused(SECRET, TO_CLIENT, Seal.seal(SECRET, TO_WRITER, new byte[5]));
    assertRefused(SECRET, TO_WRITER, Seal.seal(SECRET, TO_CLIENT, new byte[5]));
  }

  @Property(tries = 50)
  void noChangeIsOverlooked(@ForAll @Size(max = 40) byte[] message) {
    byte[] sealed = Seal.seal(SECRET, TO_CLIENT, message);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(SECRET, TO_CLIENT, changed);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertRefused(SECRET, TO_CLIENT, Arrays.copyOf(sealed, length));
    }
    assertRefused(SECRET, TO_CLIENT, Arrays.copyOf(sealed, sealed.length + 1));
  }

  @Test
  void whatIsTooShortHasNothingInside() {
    assertThrows(MalformedDataException.class, () -> Seal.peek(new byte[31]));
    assertEquals(0, Seal.peek(new byte[32]).length);
  }

  @Test
  void aProcessIsNamedByItsSecret() {
    String name = Seal.processName(SECRET);

    assertTrue(name.matches("[A-Za-z0-9_-]{22}"), name);
    assertEquals(name, Seal.processName(SECRET.clone()));
    assertNotEquals(name, Seal.processName(OTHER));
  }

  @Test
  void aPasswordIsAFunctionOfSecretAndSession() {
    byte[] password = Seal.password(SECRET, 7);

    assertEquals(Seal.PASSWORD_BYTES, password.length);
    assertArrayEquals(password, Seal.password(SECRET.clone(), 7));
    assertFalse(Arrays.equals(password, Seal.password(SECRET, 8)));
    assertFalse(Arrays.equals(password, Seal.password(OTHER, 7)));
  }

  private static void assertRefused(byte[] secret, Seal.Direction direction, byte[] sealed) {
    assertThrows(MalformedDataException.class, () -> Seal.open(secret, direction, sealed));
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[Seal.SECRET_BYTES];
    Arrays.fill(secret, (byte) seed);
    return secret;
  }
}
