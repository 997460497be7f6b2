package io.faaskeeper.memory;

import java.util.Comparator;

/** The order of the UTF-8 bytes of strings, which is that of their code points. */
final class Utf8Order {
  static final Comparator<String> COMPARATOR = Utf8Order::compare;

  private Utf8Order() {}

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Surrogates stand for code points above all those of a single char. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
