package io.faaskeeper.parity;

import io.faaskeeper.model.Credential;
import io.faaskeeper.processor.AclRules;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.processor.RandomOperations;
import io.faaskeeper.processor.WriteProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The processor and a real ZooKeeper server get the same random operations, pipelined: every
 * answer, every event and every node must be the same, but for the times. The super user's digest
 * is set for this module's tests in its pom.
 */
final class ProcessorParityTest {
  private static final int ROUNDS = 200;
  private static final int OPERATIONS_A_ROUND = 20;
  private static final int COMPARED_EVERY = 5;
  private static final String TTL_PROPERTY = "zookeeper.extendedTypesEnabled";
  private static final Credential SUPER =
      new Credential("digest", "super:admin".getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, true", "4, true", "5, false"})
  void answersEventsAndNodesAreThoseOfAServer(long seed, boolean ttlNodes, @TempDir Path folder)
      throws Exception {
    String superDigest = AclRules.identities(List.of(SUPER)).get(0).id();
    WriteProcessor processor =
        new WriteProcessor(Limits.DEFAULT.withTtlNodes(ttlNodes), superDigest);
    RandomOperations operations = new RandomOperations(new Random(seed));
    System.setProperty(TTL_PROPERTY, Boolean.toString(ttlNodes));
    try (RealServer server = new RealServer(folder);
        RawClient client = new RawClient(server.port())) {
      Comparison comparison = new Comparison(server, client, processor, superDigest);
      comparison.compareTrees();
      for (String path : List.of("/", "/a", "/b", "/a/a", "/a/b", "/b/a", "/zookeeper")) {
        comparison.watch(path);
      }
      for (int round = 0; round < ROUNDS; round++) {
        if (round == ROUNDS / 3) {
          comparison.authenticate(RandomOperations.FRIEND);
        }
        if (round == 2 * ROUNDS / 3) {
          comparison.authenticate(SUPER);
        }
        comparison.perform(OPERATIONS_A_ROUND, operations::next);
        if (round % COMPARED_EVERY == 0) {
          comparison.compareTrees();
        }
      }
      comparison.closeSession();
      comparison.compareTrees();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + ", TTL nodes " + ttlNodes + ": " + e.getMessage(), e);
    } finally {
      System.clearProperty(TTL_PROPERTY);
    }
  }
}
