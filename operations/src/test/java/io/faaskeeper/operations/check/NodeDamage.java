package io.faaskeeper.operations.check;

import static io.faaskeeper.operations.check.Planted.DATA;
import static io.faaskeeper.operations.check.Planted.cversion;
import static io.faaskeeper.operations.check.Planted.findsIn;
import static io.faaskeeper.operations.check.Planted.join;
import static io.faaskeeper.operations.check.Planted.meta;
import static io.faaskeeper.operations.check.Planted.other;
import static io.faaskeeper.operations.check.Planted.with;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.StoredNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is stored of nodes, their children and their data does not agree. */
interface NodeDamage {
  /** What the damage is done to. */
  Planted planted();

  @Test
  default void aSumOverChildrenThatIsAnother() {
    planted().setStat("/a", meta -> new NodeMeta(meta.stat(), meta.acl(), meta.childSum() + 1));
    planted().finds(Kind.CHILD_SUM);
  }

  @Test
  default void aNumberOfChildrenThatIsAnother() {
    planted()
        .setStat(
            "/a",
            meta ->
                with(
                    meta,
                    meta.stat().withChildren(meta.stat().pzxid(), meta.stat().cversion() + 1, 3)));
    planted().finds(Kind.CHILD_COUNT);
  }

  @Test
  default void aCversionThatCannotBe() {
    planted().setStat("/a", meta -> cversion(meta, 0));
    planted().finds(Kind.CVERSION);
  }

  @Test
  default void aChildThatIsListedAndDoesNotExist() {
    StoredNode node = planted().node("/a/x");
    join(
        planted()
            .storage()
            .nodes()
            .apply(
                new NodeUpdate("/a/x", planted().zxid(), false, meta(node).stat(), 0, null, null),
                Deadline.NONE));
    planted().finds(Kind.CHILD_ITEM);
  }

  @Test
  default void aChildThatExistsAndIsNotListed() {
    join(
        planted()
            .storage()
            .children()
            .apply("/a", "x", new ChildItem.Version(planted().zxid(), false), null, Deadline.NONE));
    planted().finds(Kind.CHILD_COUNT);
  }

  @Test
  default void aChildThatIsListedAsAnotherIncarnation() {
    join(
        planted()
            .storage()
            .children()
            .apply("/a", "x", new ChildItem.Version(planted().zxid(), true), null, Deadline.NONE));
    planted().finds(Kind.CHILD_ITEM, Kind.CHILD_SUM);
  }

  @Test
  default void dataThatIsCutOff() {
    planted().setData("/a", Arrays.copyOf(DATA, 2));
    planted().finds(Kind.DATA);
  }

  @Test
  default void dataThatIsNotWhatWasLogged() {
    planted().setData("/a", "DATA".getBytes(StandardCharsets.UTF_8));
    planted().finds(Kind.DATA);
  }

  @Test
  default void aChangeThatStorageLacks() {
    findsIn(last(node -> other(node, node.touched() - 1, node.meta())), Kind.NODE);
  }

  @Test
  default void aNodeThatIsNotAsItWasLogged() {
    findsIn(
        last(
            node ->
                other(
                    node,
                    node.touched(),
                    node.meta().map(meta -> with(meta, meta.stat().withAcl(7))))),
        Kind.NODE);
  }

  @Test
  default void aNodeTouchedByWhatWasNeverLogged() {
    StoredNode node = planted().node("/a");
    join(
        planted()
            .storage()
            .nodes()
            .apply(
                new NodeUpdate(
                    "/a",
                    planted().zxid() + 9,
                    true,
                    meta(node).stat(),
                    meta(node).childSum(),
                    null,
                    null),
                Deadline.NONE));
    planted().finds(Kind.NODE);
  }

  /** Storage whose last node is read as another. */
  private DeploymentStorage last(UnaryOperator<StoredNode> change) {
    return Tampered.nodes(
        planted().storage(),
        nodes -> Tampered.port(NodeStore.class, nodes, "read", "/last", change));
  }
}
