package io.faaskeeper.port;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The children of each node: one small item per child. */
public interface ChildStore {
  /**
   * Makes {@code current} the child's newest version if the stored one is older than it, else
   * changes nothing. The version before it becomes {@code previous}, or if that is null, the one
   * that was stored. The item of a child that is gone expires after a day.
   */
  CompletionStage<Void> apply(
      String parent,
      String name,
      ChildItem.Version current,
      ChildItem.@Nullable Version previous,
      Deadline deadline);

  /** Removes the item of a child if its newest version is exactly {@code current}. */
  CompletionStage<Void> remove(
      String parent, String name, ChildItem.Version current, Deadline deadline);

  /**
   * A page of the children, in the order of their names, each as of some moment of the call: many
   * pages are no snapshot.
   *
   * @param after the {@code next} of the page before, or null
   */
  CompletionStage<Page> list(String parent, @Nullable String after);

  /**
   * Some children.
   *
   * @param items the children
   * @param next where the next page begins, or null if this is the last
   */
  record Page(List<ChildItem> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
