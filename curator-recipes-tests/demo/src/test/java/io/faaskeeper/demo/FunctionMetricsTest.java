package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionMetricsTest {
  @Test
  void sharesAnEventOutAmongItsRequests() {
    Spending spending =
        FunctionMetrics.of(
            List.of(
                """
                {"fk":"metrics","function":"writer","requests":{"create":1,"setData":3},\
                "calls":8,"readUnits":4.0,"writeUnits":20.0}""",
                """
                {"fk":"metrics","function":"writer","requests":{"setData":1},\
                "calls":3,"readUnits":0.0,"writeUnits":6.0}"""));
    assertEquals(new Spent(1, 2, 1, 5), spending.on("create"));
    assertEquals(new Spent(4, 9, 3, 21), spending.on("setData"));
  }

  @Test
  void anEventWithoutRequestsIsItsFunctions() {
    Spending spending =
        FunctionMetrics.of(
            List.of("{\"function\":\"heartbeat\",\"requests\":{},\"calls\":2,\"readUnits\":2.5}"));
    assertEquals(new Spent(1, 2, 2.5, 0), spending.on("(function heartbeat)"));
  }

  @Test
  void refusesWhatIsNoMetrics() {
    List<String> lines = List.of("no JSON");
    assertThrows(IllegalArgumentException.class, () -> FunctionMetrics.of(lines));
  }
}
