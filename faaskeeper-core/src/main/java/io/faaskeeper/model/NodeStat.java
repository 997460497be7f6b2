package io.faaskeeper.model;

/**
 * The fields of ZooKeeper's {@code Stat}, with its meanings and units (times in milliseconds since
 * the epoch).
 *
 * @param czxid zxid of the creation
 * @param mzxid zxid of the last change of the data
 * @param ctime time of the creation
 * @param mtime time of the last change of the data
 * @param version number of changes of the data
 * @param cversion number of changes of the children
 * @param aversion number of changes of the ACL
 * @param ephemeralOwner the owning session; or ZooKeeper's {@code EphemeralType} encoding of a
 *     container or a TTL; or 0
 * @param dataLength bytes of data. A stored Stat has {@link #NO_DATA} for a node that was given no
 *     data, not even empty data; a client sees 0.
 * @param numChildren living children
 * @param pzxid zxid of the last change of the children
 */
public record NodeStat(
    long czxid,
    long mzxid,
    long ctime,
    long mtime,
    int version,
    int cversion,
    int aversion,
    long ephemeralOwner,
    int dataLength,
    int numChildren,
    long pzxid) {
  /** The {@code dataLength} that tells no data from empty data. */
  public static final int NO_DATA = -1;

  /** The Stat of a node that does not exist: all zero. */
  public static final NodeStat NONE = new NodeStat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** This Stat after a change of the data. */
  public NodeStat withData(long zxid, long timeMillis, int newVersion, int length) {
    return new NodeStat(
        czxid,
        zxid,
        ctime,
        timeMillis,
        newVersion,
        cversion,
        aversion,
        ephemeralOwner,
        length,
        numChildren,
        pzxid);
  }

  /** This Stat after a change of the children. */
  public NodeStat withChildren(long zxid, int newCversion, int children) {
    return new NodeStat(
        czxid,
        mzxid,
        ctime,
        mtime,
        version,
        newCversion,
        aversion,
        ephemeralOwner,
        dataLength,
        children,
        zxid);
  }

  /** This Stat with another length of the data. */
  public NodeStat withLength(int length) {
    return new NodeStat(
        czxid,
        mzxid,
        ctime,
        mtime,
        version,
        cversion,
        aversion,
        ephemeralOwner,
        length,
        numChildren,
        pzxid);
  }

  /** This Stat after a change of the ACL. */
  public NodeStat withAcl(int newAversion) {
    return new NodeStat(
        czxid,
        mzxid,
        ctime,
        mtime,
        version,
        cversion,
        newAversion,
        ephemeralOwner,
        dataLength,
        numChildren,
        pzxid);
  }
}
