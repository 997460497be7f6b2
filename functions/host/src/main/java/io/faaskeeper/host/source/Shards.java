package io.faaskeeper.host.source;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A stream: shards, each read from an iterator on. */
interface Shards {
  /** The shards that there are now, those that have ended included. */
  CompletionStage<List<Shard>> list();

  /**
   * Where to read a shard.
   *
   * @param latest from now on, or from its first record
   */
  CompletionStage<String> iterator(String shard, boolean latest);

  /** What comes next; does not wait for anything to come. */
  CompletionStage<Page> read(String iterator);

  /**
   * A shard.
   *
   * @param parent whose records come before, or null
   */
  record Shard(String id, @Nullable String parent) {}

  /**
   * Some records.
   *
   * @param next where to go on, or null if the shard has ended
   */
  record Page(List<StreamRecord> records, @Nullable String next) {}
}
