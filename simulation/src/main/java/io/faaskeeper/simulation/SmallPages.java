package io.faaskeeper.simulation;

import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store of children whose pages are short, so that a listing takes many calls: no snapshot. */
final class SmallPages implements ChildStore {
  private static final int ITEMS_PER_PAGE = 3;

  private final ChildStore store;

  SmallPages(ChildStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Void> apply(
      String parent,
      String name,
      ChildItem.Version current,
      ChildItem.@Nullable Version previous,
      Deadline deadline) {
    return store.apply(parent, name, current, previous, deadline);
  }

  @Override
  public CompletionStage<Void> remove(
      String parent, String name, ChildItem.Version current, Deadline deadline) {
    return store.remove(parent, name, current, deadline);
  }

  @Override
  public CompletionStage<Page> list(String parent, @Nullable String after) {
    return store.list(parent, after).thenApply(SmallPages::first);
  }

  private static Page first(Page page) {
    if (page.items().size() <= ITEMS_PER_PAGE) {
      return page;
    }
    List<ChildItem> items = page.items().subList(0, ITEMS_PER_PAGE);
    return new Page(items, items.get(ITEMS_PER_PAGE - 1).name());
  }
}
