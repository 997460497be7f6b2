package io.faaskeeper.aws;

import java.util.Optional;

/** Where a client process listens, as in its row: {@code tcp:host:port}. */
record TcpAddress(String host, int port) {
  private static final String SCHEME = "tcp:";

  static Optional<TcpAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (!text.startsWith(SCHEME) || colon <= SCHEME.length()) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return port > 0 && port <= 0xffff
          ? Optional.of(new TcpAddress(text.substring(SCHEME.length(), colon), port))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return SCHEME + host + ":" + port;
  }
}
