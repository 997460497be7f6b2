package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.MailboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.server.watch.WatchManager;
import org.apache.zookeeper.server.watch.WatcherMode;
import org.apache.zookeeper.server.watch.WatcherOrBitSet;
import org.junit.jupiter.api.Test;

/** The watch table, beside ZooKeeper's own watch managers as its data tree uses them. */
class WatchTableTest {
  private static final String[] PATHS = {"/", "/a", "/a/b", "/a/b/c", "/ab", "/x"};

  private final WatchTable table = new WatchTable();

  /** ZooKeeper's. */
  private static final class Original implements Watcher {
    private final WatchManager data = new WatchManager();
    private final WatchManager child = new WatchManager();
    private final List<String> told = new ArrayList<>();

    @Override
    public void process(org.apache.zookeeper.WatchedEvent event) {
      told.add(event.getType() + " " + event.getPath());
    }

    void fire(MailboxEvent.Kind kind, String path) {
      EventType type = WatchTable.type(kind);
      switch (kind) {
        case CREATED, DATA_CHANGED -> data.triggerWatch(path, type, 1, List.of());
        case CHILDREN_CHANGED -> child.triggerWatch(path, type, 1, List.of());
        case DELETED -> {
          WatcherOrBitSet told = data.triggerWatch(path, type, 1, List.of());
          child.triggerWatch(path, type, 1, List.of(), told);
        }
        case SESSION_TAKEN -> throw new IllegalArgumentException();
      }
    }

    boolean contains(String path, WatcherType type) {
      return switch (type) {
        case Children -> child.containsWatcher(path, this, WatcherMode.STANDARD);
        case Data -> data.containsWatcher(path, this, WatcherMode.STANDARD);
        case Persistent -> data.containsWatcher(path, this, WatcherMode.PERSISTENT);
        case PersistentRecursive ->
            data.containsWatcher(path, this, WatcherMode.PERSISTENT_RECURSIVE);
        case Any -> child.containsWatcher(path, this) || data.containsWatcher(path, this);
      };
    }

    boolean remove(String path, WatcherType type) {
      return switch (type) {
        case Children -> child.removeWatcher(path, this, WatcherMode.STANDARD);
        case Data -> data.removeWatcher(path, this, WatcherMode.STANDARD);
        case Persistent -> {
          boolean inChild = child.removeWatcher(path, this, WatcherMode.PERSISTENT);
          yield data.removeWatcher(path, this, WatcherMode.PERSISTENT) || inChild;
        }
        case PersistentRecursive ->
            data.removeWatcher(path, this, WatcherMode.PERSISTENT_RECURSIVE);
        case Any -> {
          boolean inChild = child.removeWatcher(path, this, null);
          yield data.removeWatcher(path, this, null) || inChild;
        }
      };
    }
  }

  @Test
  void doesWhatZooKeeperDoes() {
    Random random = new Random(3);
    Original original = new Original();
    MailboxEvent.Kind[] kinds = {
      MailboxEvent.Kind.CREATED,
      MailboxEvent.Kind.DELETED,
      MailboxEvent.Kind.DATA_CHANGED,
      MailboxEvent.Kind.CHILDREN_CHANGED
    };
    List<WatcherType> types = List.of(WatcherType.values());
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String path = PATHS[random.nextInt(PATHS.length)];
      WatcherType type = types.get(random.nextInt(types.size()));
      switch (random.nextInt(10)) {
        case 0 -> {
          table.armData(path);
          original.data.addWatch(path, original);
        }
        case 1 -> {
          table.armChild(path);
          original.child.addWatch(path, original);
        }
        case 2 -> {
          if (random.nextInt(8) == 0) {
            table.armPersistent(path);
            original.data.addWatch(path, original, WatcherMode.PERSISTENT);
            original.child.addWatch(path, original, WatcherMode.PERSISTENT);
          }
        }
        case 3 -> {
          if (random.nextInt(8) == 0) {
            table.armRecursive(path);
            original.data.addWatch(path, original, WatcherMode.PERSISTENT_RECURSIVE);
          }
        }
        case 4 -> assertEquals(original.remove(path, type), table.remove(path, type));
        default -> {
          MailboxEvent.Kind kind = kinds[random.nextInt(kinds.length)];
          original.fire(kind, path);
          if (table.fire(kind, path)) {
            told.add(WatchTable.type(kind) + " " + path);
          }
        }
      }
      assertEquals(original.told, told);
      assertEquals(original.contains(path, type), table.contains(path, type));
      assertEquals(
          original.data.size() + original.child.size() == 0, table.isEmpty(), "after step " + i);
      original.told.clear();
      told.clear();
    }
  }
}
