package io.faaskeeper.benchmarks.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleServerTest {
  @TempDir Path folder;

  @Test
  void servesFromItsStartUntilItsClose()
      throws IOException, InterruptedException, SSLContextException {
    String[] address;
    try (SingleServer server = new SingleServer(folder)) {
      server.start();
      address = server.connectString().split(":");
      assertTrue(ask(address).contains("Mode: standalone"));
      assertEquals(0, server.clientProperties().size());
    }
    assertThrows(IOException.class, () -> ask(address));
  }

  private static String ask(String[] address) throws IOException, SSLContextException {
    return FourLetterWordMain.send4LetterWord(
        address[0], Integer.parseInt(address[1]), "srvr", false);
  }
}
