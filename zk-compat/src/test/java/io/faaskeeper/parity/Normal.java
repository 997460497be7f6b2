package io.faaskeeper.parity;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.WhoAmIResponse;

/**
 * Takes from the bodies of answers what may differ from one server to the next. Times are left out.
 * What ZooKeeper iterates a hash table for has no order and is sorted: children, ephemerals, the
 * identities of a connection, and the entries that {@code auth} in an ACL expands to, one for each
 * identity.
 *
 * @param zxids the number for a zxid above 0 of a Stat
 * @param sessions the number for a session that owns a node
 */
record Normal(LongUnaryOperator zxids, LongUnaryOperator sessions) {
  /** Changes the record and returns it. */
  Record of(Record body) {
    if (body instanceof ExistsResponse r) {
      of(r.getStat());
    } else if (body instanceof GetDataResponse r) {
      of(r.getStat());
    } else if (body instanceof Create2Response r) {
      of(r.getStat());
    } else if (body instanceof SetDataResponse r) {
      of(r.getStat());
    } else if (body instanceof SetACLResponse r) {
      of(r.getStat());
    } else if (body instanceof GetACLResponse r) {
      expanded(r.getAcl());
      of(r.getStat());
    } else if (body instanceof GetChildrenResponse r) {
      Collections.sort(r.getChildren());
    } else if (body instanceof GetChildren2Response r) {
      Collections.sort(r.getChildren());
      of(r.getStat());
    } else if (body instanceof GetEphemeralsResponse r) {
      Collections.sort(r.getEphemerals());
    } else if (body instanceof WhoAmIResponse r) {
      r.getClientInfo().sort(Comparator.comparing(Object::toString));
    } else if (body instanceof MultiResponse r) {
      r.getResultList().forEach(this::of);
    }
    return body;
  }

  private void of(OpResult result) {
    if (result instanceof OpResult.CreateResult r && r.getStat() != null) {
      of(r.getStat());
    } else if (result instanceof OpResult.SetDataResult r) {
      of(r.getStat());
    } else if (result instanceof OpResult.GetDataResult r) {
      of(r.getStat());
    } else if (result instanceof OpResult.GetChildrenResult r) {
      Collections.sort(r.getChildren());
    }
  }

  private void of(Stat stat) {
    stat.setCtime(0);
    stat.setMtime(0);
    stat.setCzxid(zxid(stat.getCzxid()));
    stat.setMzxid(zxid(stat.getMzxid()));
    stat.setPzxid(zxid(stat.getPzxid()));
    if (stat.getEphemeralOwner() > 0) {
      stat.setEphemeralOwner(sessions.applyAsLong(stat.getEphemeralOwner()));
    }
  }

  private long zxid(long zxid) {
    return zxid <= 0 ? zxid : zxids.applyAsLong(zxid);
  }

  /** Sorts each run of digests with the same permissions. */
  private static void expanded(List<ACL> acl) {
    int from = 0;
    for (int i = 1; i <= acl.size(); i++) {
      if (i == acl.size() || !alike(acl.get(from), acl.get(i))) {
        acl.subList(from, i).sort(Comparator.comparing(Object::toString));
        from = i;
      }
    }
  }

  private static boolean alike(ACL a, ACL b) {
    return a.getPerms() == b.getPerms()
        && "digest".equals(a.getId().getScheme())
        && "digest".equals(b.getId().getScheme());
  }
}
