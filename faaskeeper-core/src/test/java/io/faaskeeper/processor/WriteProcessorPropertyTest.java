package io.faaskeeper.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeChange.Kind;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import io.faaskeeper.processor.History.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.server.EphemeralType;

/** What must hold whatever is asked. */
final class WriteProcessorPropertyTest {
  private static final int TRIES = 12;

  private final WriteProcessor processor = new WriteProcessor(Limits.DEFAULT, null);

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void everyNodeAgreesWithItsChildren(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      step.after().nodes().forEach((path, node) -> assertAgreesWithChildren(step, path, node));
    }
  }

  private static void assertAgreesWithChildren(Step step, String path, NodeMeta node) {
    List<String> children = step.after().children(path);
    long sum = 0;
    for (String child : children) {
      long czxid = step.after().meta(child).stat().czxid();
      sum += NodeMeta.childHash(ZnodePath.name(child), czxid);
    }
    NodeStat stat = node.stat();
    assertEquals(children.size(), stat.numChildren(), () -> path + " after " + step);
    assertEquals(sum, node.childSum(), () -> path + " after " + step);
    assertEquals(step.after().data(path).length, stat.dataLength(), () -> path + " after " + step);
    assertTrue(
        children.isEmpty() || EphemeralOwner.typeOf(stat.ephemeralOwner()) != EphemeralType.NORMAL,
        () -> "an ephemeral with children: " + path + " after " + step);
    assertTrue(
        path.equals("/") || step.after().nodes().containsKey(ZnodePath.parent(path)),
        () -> "an orphan: " + path + " after " + step);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void versionsAndZxidsOnlyGrow(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      step.after()
          .nodes()
          .forEach(
              (path, node) -> {
                NodeMeta before = step.before().nodes().get(path);
                if (before != null && before.stat().czxid() == node.stat().czxid()) {
                  assertGrown(before.stat(), node.stat(), step);
                } else {
                  assertEquals(step.ctx().zxid(), node.stat().czxid(), step::toString);
                }
              });
    }
  }

  private static void assertGrown(NodeStat before, NodeStat after, Step step) {
    assertTrue(before.version() <= after.version(), step::toString);
    assertTrue(before.aversion() <= after.aversion(), step::toString);
    assertTrue(before.cversion() <= after.cversion(), step::toString);
    assertEquals(before.ephemeralOwner(), after.ephemeralOwner(), step::toString);
    boolean written = before.version() != after.version();
    assertEquals(written ? step.ctx().zxid() : before.mzxid(), after.mzxid(), step::toString);
    boolean moved = before.cversion() != after.cversion();
    assertEquals(moved ? step.ctx().zxid() : before.pzxid(), after.pzxid(), step::toString);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void whatFailsChangesNothing(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      Result result = step.decided().result();
      if (result instanceof Result.MultiResult multi) {
        assertMultiCodes(multi, step);
      } else if (result instanceof Result.Failed failed) {
        assertNotEquals(Code.OK, failed.code());
        assertEquals(List.of(), step.decided().changes());
      } else {
        assertNotEquals(List.of(), step.decided().changes(), step::toString);
      }
    }
  }

  private static void assertMultiCodes(Result.MultiResult multi, Step step) {
    List<Code> codes = multi.results().stream().map(Result::code).toList();
    if (multi.failure() == Code.OK) {
      assertEquals(Collections.nCopies(codes.size(), Code.OK), codes);
      return;
    }
    int place = codes.indexOf(multi.failure());
    List<Code> expected = new ArrayList<>(Collections.nCopies(place, Code.OK));
    expected.add(multi.failure());
    expected.addAll(Collections.nCopies(codes.size() - place - 1, Code.RUNTIMEINCONSISTENCY));
    assertEquals(expected, codes, step::toString);
    assertEquals(List.of(), step.decided().changes(), step::toString);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void aMultiDoesWhatItsOperationsDoOneAfterTheOther(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      if (step.operation() instanceof Operation.Multi multi
          && step.decided().result() instanceof Result.MultiResult result
          && result.failure() == Code.OK) {
        ModelTree tree = new ModelTree(step.before());
        List<Result> results = new ArrayList<>();
        List<NodeChange> changes = new ArrayList<>();
        for (Operation.Simple operation : multi.operations()) {
          if (operation instanceof Operation.Check) {
            results.add(new Result.Checked());
          } else {
            Verdict.Decided alone = History.decide(processor, tree, operation, step.ctx());
            tree.apply(alone.changes());
            results.add(alone.result());
            changes.addAll(alone.changes());
          }
        }
        assertEquals(results, result.results(), step::toString);
        assertEquals(changes, step.decided().changes(), step::toString);
      }
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void everyChangeSaysWhatIsThenSo(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      ModelTree tree = new ModelTree(step.before());
      List<NodeChange> changes = step.decided().changes();
      for (int i = 0; i < changes.size(); i++) {
        NodeChange change = changes.get(i);
        NodeMeta before = tree.nodes().get(change.path());
        assertEquals(change.kind() == Kind.CREATED, before == null, step::toString);
        if (change.kind() == Kind.DELETED && before != null) {
          assertEquals(before, new NodeMeta(change.stat(), before.acl(), change.childSum()));
          assertEquals(before.acl(), change.acl());
        }
        if (change.kind() == Kind.CREATED || change.kind() == Kind.DELETED) {
          assertEquals(Kind.CHILDREN, changes.get(i + 1).kind(), step::toString);
          assertEquals(ZnodePath.parent(change.path()), changes.get(i + 1).path());
        }
        tree.apply(List.of(change));
        if (change.alive()) {
          List<Acl> acl = tree.meta(change.path()).acl();
          boolean toldToSome = !AclRules.anyoneMayRead(acl);
          boolean changed = change.kind() == Kind.CREATED || change.kind() == Kind.ACL;
          assertEquals(toldToSome || changed ? acl : null, change.acl(), step::toString);
        }
      }
      assertEquals(step.after().nodes(), tree.nodes());
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void whoKnowsLittleIsToldWhatToLookUp(@ForAll long seed) {
    for (Step step : History.of(seed, processor)) {
      Set<String> known = new HashSet<>();
      TreeView view =
          path -> known.contains(path) ? step.before().node(path) : new TreeView.Lookup.Unknown();
      int rounds = 0;
      Verdict verdict = processor.process(view, step.operation(), step.ctx());
      while (verdict instanceof Verdict.Missing missing) {
        Set<String> asked = missing.paths();
        if (rounds++ == 0) {
          assertTrue(WriteProcessor.pathsNeeded(step.operation()).containsAll(asked));
        }
        assertTrue(rounds <= 2, () -> "asked once more for " + asked + " in " + step);
        assertTrue(Collections.disjoint(known, asked), step::toString);
        known.addAll(asked);
        verdict = processor.process(view, step.operation(), step.ctx());
      }
      assertEquals(step.decided(), verdict, step::toString);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void theEndOfASessionTakesItsEphemeralsAndNothingElse(@ForAll long seed) {
    List<Step> history = History.of(seed, processor);
    ModelTree tree = new ModelTree(history.get(history.size() - 1).after());
    Set<String> others = new HashSet<>(tree.nodes().keySet());
    others.removeAll(tree.ephemerals(2));
    List<String> hints = new ArrayList<>(tree.nodes().keySet());
    hints.addAll(List.of("/gone", "/gone/too", hints.get(0)));
    Collections.shuffle(hints, new Random(seed));
    Verdict verdict = processor.deleteEphemerals(tree, hints, 2, 1_000);
    if (verdict instanceof Verdict.Decided decided) {
      assertEquals(new Result.SessionClosed(), decided.result());
      tree.apply(decided.changes());
    }
    assertEquals(others, tree.nodes().keySet());
  }
}
