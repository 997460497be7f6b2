package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationTableTest {
  private final Latencies latencies = new Latencies();
  private final Spending client = new Spending();

  @Test
  void tellsOfOneOperationAndOfTheRestAsAWhole() {
    latencies.record("create", 2_000_000);
    latencies.record("create", 2_000_000);
    client.add("(client lease)", new Spent(0, 3, 9, 3));
    Spending functions =
        new Spending()
            .add("create", new Spent(4, 20, 4, 32))
            .add("suspicion", new Spent(1, 5, 1, 2));
    List<String> lines = lines(Optional.of(functions));
    assertEquals("create 2 2.00 2.00 5.00 1.00 8.00", lines.get(1));
    assertEquals("suspicion - - - 5.00 1.00 2.00", lines.get(2));
    assertEquals("(client lease) - - - 3.00 9.00 3.00", lines.get(3));
  }

  @Test
  void addsTheClientsCallsToTheFunctions() {
    latencies.record("exists", 1_000);
    client.add("exists", new Spent(2, 2, 3, 0));
    Spending functions = new Spending().add("exists", new Spent(1, 1, 0, 1));
    assertEquals("exists 1 0.00 0.00 2.00 1.50 1.00", lines(Optional.of(functions)).get(1));
  }

  @Test
  void billsNothingInMemory() {
    latencies.record("create", 1_000_000);
    assertEquals("create 1 1.00 1.00 - - -", lines(Optional.empty()).get(1));
  }

  private List<String> lines(Optional<Spending> functions) {
    return new OperationTable(latencies, client, functions)
        .toString()
        .lines()
        .map(line -> line.replaceAll(" +", " "))
        .toList();
  }
}
