package io.faaskeeper.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeMetaTest {
  /** The sums are stored: a version that hashes otherwise could not read them. */
  @Test
  void theHashOfAChildIsTheSameForEver() {
    assertEquals(1388176727403004504L, NodeMeta.childHash("", 0));
    assertEquals(-863634648384379490L, NodeMeta.childHash("lock-0000000001", 1));
    assertEquals(-2852780375872334985L, NodeMeta.childHash("\u00e4\ud83d\ude00", 1L << 40));
  }

  @Test
  void neighboursHaveNoHashInCommon() {
    Set<Long> hashes = new HashSet<>();
    for (int name = 0; name < 300; name++) {
      for (int zxid = 1; zxid <= 300; zxid++) {
        hashes.add(NodeMeta.childHash("n" + name, zxid));
      }
    }

    assertEquals(300 * 300, hashes.size());
  }
}
