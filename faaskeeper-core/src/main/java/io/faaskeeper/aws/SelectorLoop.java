package io.faaskeeper.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many connections. What is registered is handled on that thread alone.
 * Thread-safe.
 */
final class SelectorLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoop.class);

  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** What happens on a channel. */
  interface Handler {
    /** The channel can do one of the operations that the key names. */
    void ready(SelectionKey key) throws IOException;

    /** The channel was closed because of this failure. */
    void broken(IOException cause);
  }

  SelectorLoop(ThreadFactory threads) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.newThread(this::run).start();
  }

  /** Runs a task on the loop's thread, soon. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Makes the loop see what a key's operations were changed to. */
  void wakeUp() {
    selector.wakeup();
  }

  /** Begins to handle a channel that does not block. To be called on the loop's thread. */
  SelectionKey register(SelectableChannel channel, int operations, Handler handler)
      throws ClosedChannelException {
    return channel.register(selector, operations, handler);
  }

  /** Ends the thread and closes all channels. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(SelectorLoop::handle);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          run(task);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("The client channel's thread ends: no more pushes", e);
    } finally {
      end();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A task of the client channel failed", e);
    }
  }

  private static void handle(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      handler.ready(key);
    } catch (IOException e) {
      close(key.channel());
      handler.broken(e);
    } catch (RuntimeException | Error e) {
      close(key.channel());
      handler.broken(new IOException(e));
    }
  }

  private void end() {
    closed = true;
    selector.keys().forEach(key -> close(key.channel()));
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("Closing the selector", e);
    }
  }

  static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Closing a connection", e);
    }
  }
}
