package io.faaskeeper.functions;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.service.Writer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch of the worker queue for the writer. A body that nobody of the deployment can have sent is
 * logged and dropped, and blocks nobody. What failed is to be delivered again together with all
 * that follows it in its group: what of that was done already is recognised then.
 */
final class WriterBatch {
  private static final Logger LOG = LoggerFactory.getLogger(WriterBatch.class);

  private final Writer writer;
  private final Function<String, CompletionStage<byte[]>> bodies;

  /**
   * @param bodies reads the message that a body stands for; fails with a {@link
   *     MalformedDataException} if there can be none
   */
  WriterBatch(Writer writer, Function<String, CompletionStage<byte[]>> bodies) {
    this.writer = writer;
    this.bodies = bodies;
  }

  /**
   * Works on it. The stage fails if nothing of it is known to be done.
   *
   * @param tally counts what the writer gets
   * @return the ids of the messages that are to be delivered again
   */
  CompletionStage<List<String>> process(
      List<BatchEvent.Message> messages, Deadline deadline, RequestTally tally) {
    List<CompletableFuture<byte[]>> reads =
        messages.stream().map(m -> bodies.apply(m.body()).toCompletableFuture()).toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> new Opened(messages, reads))
        .thenCompose(
            opened -> {
              opened.sealed.forEach(tally::add);
              return opened.sealed.isEmpty()
                  ? CompletableFuture.completedStage(opened.failedIds(new BitSet()))
                  : writer.process(opened.sealed, deadline).thenApply(opened::failedIds);
            });
  }

  /** Messages whose bodies were read, or not. */
  private static final class Opened {
    private final List<BatchEvent.Message> messages;
    private final BitSet unread = new BitSet();

    /** What the writer gets, and the place of each in the batch. */
    private final List<byte[]> sealed = new ArrayList<>();

    private final List<Integer> places = new ArrayList<>();

    Opened(List<BatchEvent.Message> messages, List<CompletableFuture<byte[]>> reads) {
      this.messages = messages;
      Set<String> blocked = new HashSet<>();
      for (int i = 0; i < messages.size(); i++) {
        if (blocked.contains(group(i))) {
          continue; // It must not pass the one before it.
        }
        try {
          sealed.add(reads.get(i).join());
          places.add(i);
        } catch (CompletionException e) {
          if (e.getCause() instanceof MalformedDataException malformed) {
            LOG.warn("Message {} dropped: {}", id(i), malformed.getMessage());
          } else {
            LOG.warn("Message {} is to be delivered again: its body can't be read", id(i), e);
            unread.set(i);
            blocked.add(group(i));
          }
        }
      }
    }

    /**
     * The ids of those that failed, and of all that follow in their groups.
     *
     * @param again which of {@code sealed} failed
     */
    List<String> failedIds(BitSet again) {
      BitSet failed = (BitSet) unread.clone();
      again.stream().map(places::get).forEach(failed::set);
      Set<String> blocked = new HashSet<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < messages.size(); i++) {
        if (failed.get(i)) {
          blocked.add(group(i));
        }
        if (blocked.contains(group(i))) {
          ids.add(id(i));
        }
      }
      return ids;
    }

    private String id(int i) {
      return messages.get(i).id();
    }

    private String group(int i) {
      return messages.get(i).group();
    }
  }
}
