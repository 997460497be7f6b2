package io.faaskeeper.emulators;

import java.net.URI;

/** A service of AWS, emulated behind a port of 127.0.0.1. It answers once it is constructed. */
interface Emulator extends AutoCloseable {
  String HOST = "127.0.0.1";

  URI endpoint();

  @Override
  void close();
}
