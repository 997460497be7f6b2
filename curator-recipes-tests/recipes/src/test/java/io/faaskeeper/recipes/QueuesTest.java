package io.faaskeeper.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.queue.DistributedQueue;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.state.ConnectionState;

/** What was put is taken once, in order. */
class QueuesTest {
  private static final int ITEMS_EACH_TIME = 5;

  @OnEachService
  void consumerGetsWhatCameWhileItWasAway(Scene scene) throws Exception {
    Peer consumer = scene.join();
    Peer producer = scene.join();
    String path = scene.path("queue");
    Taken taken = new Taken();
    try (DistributedQueue<String> in =
            QueueBuilder.builder(consumer.curator(), taken, new Text(), path)
                .lockPath(scene.path("queue-locks"))
                .buildQueue();
        DistributedQueue<String> out =
            QueueBuilder.builder(producer.curator(), null, new Text(), path).buildQueue()) {
      in.start();
      out.start();
      put(out, 0);
      await().until(() -> taken.items.equals(items(0, ITEMS_EACH_TIME)));
      await().until(() -> producer.curator().getChildren().forPath(path).isEmpty());

      consumer.suffer(scene.fault(), () -> put(out, ITEMS_EACH_TIME));

      await().until(() -> taken.items.equals(items(0, 2 * ITEMS_EACH_TIME)));
      await().until(() -> producer.curator().getChildren().forPath(path).isEmpty());
    }
  }

  private static void put(DistributedQueue<String> queue, int from) throws Exception {
    for (String item : items(from, from + ITEMS_EACH_TIME)) {
      queue.put(item);
    }
  }

  private static List<String> items(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "item " + i).toList();
  }

  @OnEachService
  @SuppressWarnings("deprecation") // applications use it
  void takeWaitsAcrossAFault(Scene scene) throws Exception {
    Peer taker = scene.join();
    String path = scene.path("simple");
    SimpleDistributedQueue in = new SimpleDistributedQueue(taker.curator(), path);
    SimpleDistributedQueue out = new SimpleDistributedQueue(scene.join().curator(), path);
    out.offer(text("first"));
    assertArrayEquals(text("first"), in.take());
    InProcess<byte[]> taking = InProcess.start(in::take);

    taker.suffer(scene.fault(), () -> out.offer(text("second")));

    assertArrayEquals(text("second"), taking.result());
    assertNull(out.poll());
  }

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }

  private static final class Taken implements QueueConsumer<String> {
    final List<String> items = new CopyOnWriteArrayList<>();

    @Override
    public void consumeMessage(String item) {
      items.add(item);
    }

    @Override
    public void stateChanged(CuratorFramework client, ConnectionState newState) {}
  }

  private static final class Text implements QueueSerializer<String> {
    @Override
    public byte[] serialize(String item) {
      return text(item);
    }

    @Override
    public String deserialize(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }
}
