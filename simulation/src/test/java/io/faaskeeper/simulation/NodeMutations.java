package io.faaskeeper.simulation;

import static io.faaskeeper.simulation.Ports.done;
import static io.faaskeeper.simulation.Ports.join;
import static io.faaskeeper.simulation.Ports.later;
import static io.faaskeeper.simulation.Ports.lose;
import static io.faaskeeper.simulation.Ports.replace;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.StoredNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberate bugs of nodes, their subscriptions and their children. */
final class NodeMutations {
  /** So many of the first in a history: none is on its way any more when all is tidied up. */
  private static final int LATE_CREATIONS = 15;

  private NodeMutations() {}

  /** Each by its name. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.put(
        "apply a node without the touched condition", () -> NodeMutations::applyUnconditionally);
    all.put(
        "lose the apply of a node",
        () -> lose("NodeStore.apply", 20, new NodeStore.Applied(Set.of(), 0)));
    all.put("answer the apply of a node before it is done", () -> NodeMutations::applyLater);
    all.put("read who is interested before the apply", () -> NodeMutations::interestBeforeApply);
    all.put("lose a subscription", NodeMutations::loseSubscription);
    all.put("subscribe after the read", () -> NodeMutations::subscribeAfterRead);
    all.put("unsubscribe newer generations, too", () -> NodeMutations::unsubscribeBlindly);
    all.put("read an older state of a node", () -> NodeMutations::readOld);
    all.put("read the data of another version", NodeMutations::readTornData);
    all.put("lose the apply of a child", () -> lose("ChildStore.apply", 20, null));
    all.put("list children without the last", NodeMutations::listShort);
    all.put("keep subscriptions of the dead", () -> lose("NodeStore.unsubscribe", 1, null));
    all.put("leave strays among the children", () -> NodeMutations::leaveStrays);
    all.put("read every ACL as open", NodeMutations::readOpenAcls);
    all.put("count the children of before", NodeMutations::readOldCversion);
    all.put("list the first page of children alone", NodeMutations::listFirstPage);
    all.put("forget that a node was deleted", () -> NodeMutations::forgetTombstones);
    return all;
  }

  private static ServicePorts applyUnconditionally(ServicePorts ports) {
    return applyWithout(ports, before -> true);
  }

  /** A late copy finds no tombstone. */
  private static ServicePorts forgetTombstones(ServicePorts ports) {
    return applyWithout(ports, before -> before.meta().isEmpty());
  }

  /** Applies without the condition, where this is so of what is there. */
  private static ServicePorts applyWithout(ServicePorts ports, Predicate<StoredNode> where) {
    Map<String, StoredNode> reverted = new HashMap<>();
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), true));
              reverted.remove(update.path());
              if (before.touched() > update.zxid() && where.test(before)) {
                Optional<NodeMeta> meta = update.alive() ? meta(update, before) : Optional.empty();
                byte[] data = update.data() == null ? before.data() : update.data();
                reverted.put(
                    update.path(),
                    meta.isEmpty() || data == null
                        ? StoredNode.gone(update.zxid(), before.interested())
                        : new StoredNode(update.zxid(), meta, data, before.interested()));
              }
              return sound.call(args);
            })
        .andThen(
            replace(
                "NodeStore.read",
                (sound, args) ->
                    reverted.containsKey(args[0]) ? done(reverted.get(args[0])) : sound.call(args)))
        .apply(ports);
  }

  private static Optional<NodeMeta> meta(NodeUpdate update, StoredNode before) {
    Optional<List<Acl>> acl =
        Optional.ofNullable(update.acl()).or(() -> before.meta().map(NodeMeta::acl));
    return acl.map(known -> new NodeMeta(update.stat(), known, update.childSum()));
  }

  private static ServicePorts applyLater(ServicePorts ports) {
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), false));
              later(ports, () -> sound.call(args));
              return done(new NodeStore.Applied(before.interested(), 0));
            })
        .apply(ports);
  }

  private static ServicePorts interestBeforeApply(ServicePorts ports) {
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), false));
              return later(
                  ports,
                  () ->
                      sound
                          .call(args)
                          .thenApply(after -> new NodeStore.Applied(before.interested(), 0)));
            })
        .apply(ports);
  }

  private static UnaryOperator<ServicePorts> loseSubscription() {
    AtomicInteger calls = new AtomicInteger();
    return ports ->
        replace(
                "NodeStore.subscribe",
                (sound, args) ->
                    calls.incrementAndGet() % 4 == 0
                        ? ports.nodes().read((String) args[0], (Boolean) args[2])
                        : sound.call(args))
            .apply(ports);
  }

  private static ServicePorts subscribeAfterRead(ServicePorts ports) {
    return replace(
            "NodeStore.subscribe",
            (sound, args) -> {
              StoredNode read = join(ports.nodes().read((String) args[0], (Boolean) args[2]));
              return later(ports, () -> sound.call(args).thenApply(x -> read));
            })
        .apply(ports);
  }

  private static ServicePorts unsubscribeBlindly(ServicePorts ports) {
    return replace(
            "NodeStore.unsubscribe",
            (sound, args) -> {
              StoredNode node = join(ports.nodes().read((String) args[0], false));
              Subscription gone = (Subscription) args[1];
              for (Subscription other : node.interested()) {
                if (other.process().equals(gone.process())) {
                  join(sound.call(args[0], other));
                }
              }
              return done(Optional.empty());
            })
        .apply(ports);
  }

  private static ServicePorts readOld(ServicePorts ports) {
    Map<String, StoredNode> old = new HashMap<>();
    AtomicInteger calls = new AtomicInteger();
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              String path = ((NodeUpdate) args[0]).path();
              old.put(path, join(ports.nodes().read(path, true)));
              return sound.call(args);
            })
        .andThen(
            replace(
                "NodeStore.read",
                (sound, args) ->
                    old.containsKey(args[0]) && calls.incrementAndGet() % 10 == 0
                        ? done(old.get(args[0]))
                        : sound.call(args)))
        .apply(ports);
  }

  private static UnaryOperator<ServicePorts> readTornData() {
    Map<String, byte[]> seen = new HashMap<>();
    return replace(
        "NodeStore.read",
        (sound, args) -> {
          StoredNode node = join(sound.call(args));
          byte[] data = node.data();
          byte[] before = data == null ? null : seen.put((String) args[0], data);
          return done(
              before == null
                  ? node
                  : new StoredNode(node.touched(), node.meta(), before, node.interested()));
        });
  }

  private static UnaryOperator<ServicePorts> changeMeta(UnaryOperator<NodeMeta> change) {
    return replace(
        "NodeStore.read",
        (sound, args) -> {
          StoredNode node = join(sound.call(args));
          byte[] data = Objects.requireNonNullElse(node.data(), new byte[0]);
          return done(
              node.meta().isEmpty()
                  ? node
                  : new StoredNode(
                      node.touched(), node.meta().map(change), data, node.interested()));
        });
  }

  private static UnaryOperator<ServicePorts> readOpenAcls() {
    return changeMeta(meta -> new NodeMeta(meta.stat(), Acl.OPEN, meta.childSum()));
  }

  private static UnaryOperator<ServicePorts> readOldCversion() {
    return changeMeta(
        meta -> {
          NodeStat stat = meta.stat();
          int cversion = Math.max(0, stat.cversion() - 2);
          return new NodeMeta(
              stat.withChildren(stat.pzxid(), cversion, stat.numChildren()),
              meta.acl(),
              meta.childSum());
        });
  }

  private static UnaryOperator<ServicePorts> listShort() {
    return replace(
        "ChildStore.list",
        (sound, args) -> {
          ChildStore.Page page = join(sound.call(args));
          List<ChildItem> items = page.items();
          return done(
              new ChildStore.Page(items.subList(0, Math.max(0, items.size() - 1)), page.next()));
        });
  }

  private static UnaryOperator<ServicePorts> listFirstPage() {
    return replace(
        "ChildStore.list",
        (sound, args) -> {
          ChildStore.Page page = join(sound.call(args));
          List<ChildItem> items = page.items();
          return done(new ChildStore.Page(items.subList(0, Math.min(3, items.size())), null));
        });
  }

  /** Each creation is applied once more when its child may be gone, and what is left is kept. */
  private static ServicePorts leaveStrays(ServicePorts ports) {
    return lateCreations()
        .andThen(
            replace(
                "ChildStore.remove",
                (sound, args) ->
                    ((ChildItem.Version) args[2]).alive()
                        ? CompletableFuture.completedFuture(null)
                        : sound.call(args)))
        .apply(ports);
  }

  /**
   * No bug, but what a late copy of a distributor does: a creation is applied once more. Not one of
   * the tidying at the end: a copy that is later than the last listing is found by the next one.
   */
  static UnaryOperator<ServicePorts> lateCreations() {
    AtomicInteger calls = new AtomicInteger();
    return ports ->
        replace(
                "ChildStore.apply",
                (sound, args) -> {
                  if (((ChildItem.Version) args[2]).alive()
                      && !args[1].equals("tidy")
                      && calls.incrementAndGet() <= LATE_CREATIONS) {
                    Object[] late = args.clone();
                    late[4] = Deadline.NONE;
                    ports.scheduler().schedule(Duration.ofSeconds(2), () -> sound.call(late));
                  }
                  return sound.call(args);
                })
            .apply(ports);
  }
}
