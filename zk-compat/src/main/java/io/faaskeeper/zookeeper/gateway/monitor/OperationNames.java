package io.faaskeeper.zookeeper.gateway.monitor;

import static java.util.Map.entry;

import java.util.Map;
import org.apache.zookeeper.ZooDefs.OpCode;

/** The short names that ZooKeeper's server shows of operations. */
public final class OperationNames {
  /** Of the request for a session. */
  public static final String SESSION = "SESS";

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          entry(OpCode.multi, "MULT"),
          entry(OpCode.multiRead, "MLTR"),
          entry(OpCode.create, "CREA"),
          entry(OpCode.create2, "CREA"),
          entry(OpCode.createTTL, "CREA"),
          entry(OpCode.createContainer, "CREA"),
          entry(OpCode.delete, "DELE"),
          entry(OpCode.deleteContainer, "DELE"),
          entry(OpCode.setData, "SETD"),
          entry(OpCode.reconfig, "RECO"),
          entry(OpCode.setACL, "SETA"),
          entry(OpCode.closeSession, "CLOS"),
          entry(OpCode.sync, "SYNC"),
          entry(OpCode.check, "CHEC"),
          entry(OpCode.exists, "EXIS"),
          entry(OpCode.getData, "GETD"),
          entry(OpCode.setWatches, "SETW"),
          entry(OpCode.setWatches2, "STW2"),
          entry(OpCode.addWatch, "ADDW"),
          entry(OpCode.getACL, "GETA"),
          entry(OpCode.getChildren, "GETC"),
          entry(OpCode.getChildren2, "GETC"),
          entry(OpCode.getAllChildrenNumber, "GETACN"),
          entry(OpCode.checkWatches, "CHKW"),
          entry(OpCode.removeWatches, "REMW"),
          entry(OpCode.whoAmI, "HOMI"),
          entry(OpCode.getEphemerals, "GETE"),
          entry(OpCode.createSession, SESSION));

  private OperationNames() {}

  /** The name of a type code. */
  public static String of(int type) {
    return NAMES.getOrDefault(type, "NA");
  }
}
