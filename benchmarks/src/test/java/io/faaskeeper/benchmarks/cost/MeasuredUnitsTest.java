package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.deployment.DeploymentConfig.UserStorageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * What each operation is billed, by the size of the data, is what {@code fk cost} reckons with.
 * {@code -Dcost.write=true} writes the file anew instead.
 */
class MeasuredUnitsTest {
  private static final Path FILE =
      Path.of("../operations/src/main/resources/io/faaskeeper/operations/cost/measured.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final int[] SIZES = {0, 1_024, 4_096, 16_384, 65_536, 262_144, 1_000_000};
  private static final int REPETITIONS = 5;

  /** Above it a message is put aside, and only named in the queue. */
  private static final int LARGEST_MESSAGE = 768_000;

  private static final int QUEUE_CHUNK = 64 << 10;
  private static final Duration RENEWAL = Duration.ofMillis(CostRig.TIMEOUT_MILLIS / 3);

  @Test
  void fileSaysWhatIsMeasured() throws IOException, InterruptedException, TimeoutException {
    ObjectNode measured = JSON.createObjectNode();
    ObjectNode storages = measured.putObject("storages");
    for (UserStorageKind storage : UserStorageKind.values()) {
      String name = storage.name().toLowerCase(Locale.ROOT).replace('_', '-');
      storages.set(name, operations(name, storage));
    }
    if (Boolean.getBoolean("cost.write")) {
      Files.writeString(FILE, JSON.writeValueAsString(measured) + "\n");
    }
    assertSame("", JSON.readTree(FILE.toFile()), measured);
  }

  /** All but the trips are the same each time; of these one more is made now and then. */
  private static void assertSame(String where, JsonNode file, JsonNode measured) {
    if (measured.isContainerNode()) {
      assertEquals(file.size(), measured.size(), where);
      measured
          .properties()
          .forEach(e -> assertSame(where + "/" + e.getKey(), file.path(e.getKey()), e.getValue()));
      for (int i = 0; measured.isArray() && i < measured.size(); i++) {
        assertSame(where + "/" + i, file.path(i), measured.get(i));
      }
    } else if (where.endsWith("/trips")) {
      assertTrue(Math.abs(file.asInt() - measured.asInt()) <= 1, where + " is " + measured);
    } else {
      assertEquals(file.asDouble(), measured.asDouble(), where);
    }
  }

  private static ObjectNode operations(String name, UserStorageKind storage)
      throws InterruptedException, TimeoutException {
    ObjectNode operations = JSON.createObjectNode();
    try (CostRig rig = new CostRig("units-" + name, 1, storage)) {
      CostSession session = rig.newProcess();
      session.create("/node", 1_024);
      session.setData("/node", 1_024);
      ArrayNode creates = operations.putArray("create");
      ArrayNode sets = operations.putArray("setData");
      ArrayNode gets = operations.putArray("getData");
      ArrayNode deletes = operations.putArray("delete");
      for (int size : SIZES) {
        String path = "/of-" + size + "-bytes";
        creates.add(units(rig, size, REPETITIONS, i -> session.create(path + i, size)));
        // The first two fill both places in which large data lies.
        session.setData(path + 0, size);
        session.setData(path + 0, size);
        sets.add(units(rig, size, REPETITIONS, i -> session.setData(path + 0, size)));
        gets.add(units(rig, size, 1, i -> session.getData(path + 0, false)));
        deletes.add(deletion(rig, size, () -> session.delete(path + 1)));
      }
    }
    try (CostRig rig = new CostRig("idle-" + name, 1, storage)) {
      CostSession unused = rig.newProcess();
      operations.set(
          "renewal", units(rig, 0, REPETITIONS, i -> rig.time().advance(RENEWAL)).without("size"));
      operations.set("heartbeat", units(rig, 0, 2, i -> rig.heartbeat()).without("size"));
    }
    return operations;
  }

  /** The tombstone in the parent is removed by the write after it, and belongs to the delete. */
  private static ObjectNode deletion(CostRig rig, int size, CostRig.Action delete)
      throws InterruptedException, TimeoutException {
    CostSession other = rig.newProcess();
    ObjectNode units = units(rig, size, 1, i -> delete.run());
    double next = rig.measure(() -> other.setData("/node", 1_024)).writeUnits();
    double after = rig.measure(() -> other.setData("/node", 1_024)).writeUnits();
    return units.put("writeUnits", units.get("writeUnits").asDouble() + next - after);
  }

  private interface Repeated {
    void run(int i) throws InterruptedException, TimeoutException;
  }

  /** Of the last repetition, but the fewest trips. */
  private static ObjectNode units(CostRig rig, int size, int repetitions, Repeated action)
      throws InterruptedException, TimeoutException {
    int trips = Integer.MAX_VALUE;
    ObjectNode units = JSON.createObjectNode();
    for (int i = 0; i < repetitions; i++) {
      int repetition = i;
      long bytesBefore = rig.sentBytes();
      Cost cost = rig.measure(() -> action.run(repetition));
      trips = Math.min(trips, cost.function().trips());
      units
          .put("size", size)
          .put("writeUnits", cost.writeUnits())
          .put("readUnits", cost.readUnits())
          .put("objectPuts", cost.objectPuts())
          .put("objectGets", cost.objectGets())
          .put("messages", cost.sends())
          .put("messageChunks", cost.sends() == 0 ? 0 : chunks(rig.sentBytes() - bytesBefore));
    }
    return units.put("trips", trips);
  }

  private static long chunks(long messageBytes) {
    long bodyBytes = messageBytes > LARGEST_MESSAGE ? 1 : 1 + (messageBytes + 2) / 3 * 4;
    return (bodyBytes + QUEUE_CHUNK - 1) / QUEUE_CHUNK;
  }
}
