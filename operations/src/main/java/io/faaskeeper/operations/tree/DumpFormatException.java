package io.faaskeeper.operations.tree;

import java.io.IOException;

/** A file is no whole dump: one line that says which of its lines, and what is wrong there. */
final class DumpFormatException extends IOException {
  DumpFormatException(long line, String what) {
    super("line " + line + " " + what);
  }
}
