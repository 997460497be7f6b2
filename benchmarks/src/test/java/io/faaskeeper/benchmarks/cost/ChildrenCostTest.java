package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a node's children cost, however many there are, or were. */
class ChildrenCostTest {
  private static final int KIBIBYTE = 1024;
  private static final int MANY = 10_000;
  private static final int A_MULTI = 250;
  private static final CostRig RIG = new CostRig("children", 1);
  private static final CostSession SESSION = RIG.newProcess();

  @AfterAll
  static void close() {
    RIG.close();
  }

  /** Sequential ones with names of 20 bytes, under a path of 200 bytes. */
  @Test
  void tenThousandThatComeAndGo() throws InterruptedException, TimeoutException {
    String parent = "/" + "p".repeat(199);
    createParent("/few", 10);
    SESSION.create(parent, 10);
    createChildren(parent);
    List<String> names = assertListing(parent, MANY, 200);

    assertEquals(creation("/few"), creation(parent));

    SESSION.delete(parent + "/child");
    deleteChildren(parent, names);
    assertListing(parent, 0, 5);
    SESSION.create(parent + "/child", KIBIBYTE);
    assertListing(parent, 1, 5);
  }

  @Test
  void dataOfTheParent() throws InterruptedException, TimeoutException {
    createParent("/10-bytes", 10);
    createParent("/3-kibibytes", 3 * KIBIBYTE);
    createParent("/100-kibibytes", 100 * KIBIBYTE);

    Units usual = creation("/10-bytes");

    assertEquals(new Units(1, 8), usual);
    assertEquals(usual, creation("/100-kibibytes"));
    assertEquals(new Units(usual.read(), usual.write() + 3), creation("/3-kibibytes"));
  }

  /** With a child: that a new node has none need not be looked up. */
  private static void createParent(String path, int bytes) {
    SESSION.create(path, bytes);
    SESSION.create(path + "/sibling", KIBIBYTE);
  }

  private record Units(double read, double write) {}

  private static Units creation(String parent) throws InterruptedException, TimeoutException {
    Cost cost = RIG.measure(() -> SESSION.create(parent + "/child", KIBIBYTE));
    return new Units(cost.readUnits(), cost.writeUnits());
  }

  private static void createChildren(String parent) {
    for (int created = 0; created < MANY; created += A_MULTI) {
      List<Operation.Simple> creations =
          Collections.nCopies(
              A_MULTI,
              CostSession.creation(parent + "/sequential", 0, CreateMode.PERSISTENT_SEQUENTIAL));
      SESSION.write(new Operation.Multi(creations));
    }
  }

  private static void deleteChildren(String parent, List<String> names) {
    for (int deleted = 0; deleted < MANY; deleted += A_MULTI) {
      SESSION.write(
          new Operation.Multi(
              names.subList(deleted, deleted + A_MULTI).stream()
                  .<Operation.Simple>map(name -> new Operation.Delete(parent + "/" + name, -1))
                  .toList()));
    }
  }

  private static List<String> assertListing(String parent, int children, double limit)
      throws InterruptedException, TimeoutException {
    List<String> names = new ArrayList<>();

    Cost cost = RIG.measure(() -> names.addAll(SESSION.children(parent)));

    assertEquals(children, names.size());
    assertEquals(0, cost.sends(), cost::toString);
    assertEquals(0, cost.function().total().calls(), cost::toString);
    assertEquals(0, cost.writeUnits(), cost::toString);
    assertTrue(cost.readUnits() <= limit, cost::toString);
    return names;
  }
}
