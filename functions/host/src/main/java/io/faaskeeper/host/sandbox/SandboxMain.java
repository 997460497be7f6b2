package io.faaskeeper.host.sandbox;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;

/**
 * The main class of an instance: Lambda's own runtime client, in a process that ends with its host.
 * The host holds the other end of standard input, so that its end, even by SIGKILL, is seen here.
 * The process also ends with the runtime loop, whatever threads the handler left behind.
 */
public final class SandboxMain {
  private SandboxMain() {}

  /**
   * Runs the loop.
   *
   * @param args the handler's class name
   */
  public static void main(String[] args) {
    Thread watcher = new Thread(SandboxMain::haltWithHost, "host-watcher");
    watcher.setDaemon(true);
    watcher.start();
    try {
      AWSLambda.main(args);
    } catch (Throwable t) {
      System.err.println("The runtime loop ended: " + t);
    } finally {
      System.out.flush();
      System.err.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void haltWithHost() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent: only the end of the stream matters.
      }
    } catch (IOException e) {
      System.err.println("Standard input failed: " + e);
    }
    Runtime.getRuntime().halt(1);
  }
}
