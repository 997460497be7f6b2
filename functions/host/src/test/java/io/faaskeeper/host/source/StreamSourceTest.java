package io.faaskeeper.host.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faaskeeper.host.lambda.InvocationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamSourceTest {
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final FakeShards shards = new FakeShards();
  private final BlockingQueue<List<String>> events = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void whatIsThereBeforeTheStartIsNotReadAndWhatComesLaterIs() throws InterruptedException {
    shards.add("a", null);
    shards.put("a", "k1");
    start(1);

    shards.put("a", "k2");

    assertEquals(List.of("k2"), next());
  }

  @Test
  void aShardIsReadWhenItsParentHasComeToItsEnd() throws InterruptedException {
    shards.add("a", null);
    start(1);
    shards.put("a", "k1");
    shards.add("b", "a");
    shards.put("b", "k2");
    assertEquals(List.of("k1"), next());

    shards.end("a");

    assertEquals(List.of("k2"), next());
  }

  private void start(int parallelization) {
    StreamSource source =
        new StreamSource(
            shards,
            new StreamSettings(10, parallelization, 1, true),
            event -> {
              events.add(keys(event));
              byte[] done = "{}".getBytes(StandardCharsets.UTF_8);
              return CompletableFuture.completedStage(new InvocationResult.Returned(done));
            },
            timers);
    source.start().toCompletableFuture().join();
  }

  private static List<String> keys(byte[] event) {
    try {
      List<String> keys = new ArrayList<>();
      for (JsonNode record : new ObjectMapper().readTree(event).required("Records")) {
        keys.add(record.required("key").asText());
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> next() throws InterruptedException {
    List<String> event = events.poll(60, TimeUnit.SECONDS);
    assertNotNull(event, "no event");
    return event;
  }

  /** Iterators are the shard's name and a position. */
  private static final class FakeShards implements Shards {
    private final Map<String, List<String>> records = new HashMap<>();
    private final List<Shard> all = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    synchronized void add(String shard, @Nullable String parent) {
      all.add(new Shard(shard, parent));
    }

    private List<String> of(String shard) {
      return records.computeIfAbsent(shard, name -> new ArrayList<>());
    }

    synchronized void put(String shard, String key) {
      of(shard).add(key);
    }

    synchronized void end(String shard) {
      ended.add(shard);
    }

    @Override
    public synchronized CompletionStage<List<Shard>> list() {
      return CompletableFuture.completedStage(List.copyOf(all));
    }

    @Override
    public synchronized CompletionStage<String> iterator(String shard, boolean latest) {
      return CompletableFuture.completedStage(shard + " " + (latest ? of(shard).size() : 0));
    }

    @Override
    public synchronized CompletionStage<Page> read(String iterator) {
      String shard = iterator.substring(0, iterator.indexOf(' '));
      List<String> keys = of(shard);
      int from = Integer.parseInt(iterator.substring(iterator.indexOf(' ') + 1));
      List<StreamRecord> page = new ArrayList<>();
      for (int i = from; i < keys.size(); i++) {
        page.add(
            new StreamRecord(
                String.valueOf(i),
                keys.get(i),
                JsonNodeFactory.instance.objectNode().put("key", keys.get(i))));
      }
      return CompletableFuture.completedStage(
          new Page(page, ended.contains(shard) ? null : shard + " " + keys.size()));
    }
  }
}
