package io.faaskeeper.port;

import io.faaskeeper.model.Subscription;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * User storage: one item per node. Reads are strongly consistent, a change of an item is atomic.
 */
public interface NodeStore {
  /**
   * Reads a node. While data that is stored in parts is being replaced by whoever does not come to
   * an end, the answer may say that the node was touched by that change already, with neither its
   * meta nor its data: the watermark is not there yet, and who waits for it reads again.
   *
   * @param withData whether its data is wanted. It belongs to the rest of the answer, also when it
   *     is stored in parts.
   */
  CompletionStage<StoredNode> read(String path, boolean withData);

  /**
   * Adds a subscription (to a placeholder if there is no node), and reads the node, in one atomic
   * step.
   */
  CompletionStage<StoredNode> subscribe(String path, Subscription subscription, boolean withData);

  /** Removes exactly this subscription, if it is there. */
  CompletionStage<Void> unsubscribe(String path, Subscription subscription);

  /**
   * Writes the node if what is stored was touched before {@code update.zxid()}, else leaves it.
   *
   * @return in both cases what is known as of this step
   */
  CompletionStage<Applied> apply(NodeUpdate update, Deadline deadline);

  /**
   * Removes data that an update replaced. To be called when the watermark has passed that update: a
   * reader that looks for it then reads the node again. At any time later, and any number of times,
   * it does no harm.
   *
   * @param replaced as the update told
   */
  CompletionStage<Void> discard(String path, long replaced, Deadline deadline);

  /**
   * What an update found.
   *
   * @param interested the processes interested in the node
   * @param replaced names data that no reader needs once the watermark has passed the update, to be
   *     {@link #discard}ed; 0 if there is none
   */
  record Applied(Set<Subscription> interested, long replaced) {
    public Applied {
      interested = Set.copyOf(interested);
    }
  }
}
