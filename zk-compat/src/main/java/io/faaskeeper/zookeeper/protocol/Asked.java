package io.faaskeeper.zookeeper.protocol;

/**
 * A request, as its answer refers to it.
 *
 * @param xid the number that the client gave it
 * @param type its type code, of {@link org.apache.zookeeper.ZooDefs.OpCode}
 * @param askedNanos when it was asked, on the clock of the {@link ProtocolEndpoint}
 */
public record Asked(int xid, int type, long askedNanos) {}
