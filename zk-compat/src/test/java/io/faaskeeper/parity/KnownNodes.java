package io.faaskeeper.parity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.jspecify.annotations.Nullable;

/** What answers have told of nodes and their versions: roughly, so as to ask for what matters. */
final class KnownNodes {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "a-", "\u00e4");
  private static final List<String> ODD_PATHS =
      List.of(
          "", "a", "a/b", "/a/", "//", "//a", "/a//b", "/a/.", "/a/..", "/a\0", "/a/\u0001", "/c/");
  private static final List<String> SYSTEM_PATHS =
      List.of(
          "/",
          "/zookeeper",
          "/zookeeper/quota",
          "/zookeeper/config",
          "/zookeeper/a",
          "/zookeeper/quota/a");
  private static final int DEPTH_MAX = 5;

  private final Random random;
  private final Map<String, Integer> versions = new LinkedHashMap<>();

  KnownNodes(Random random) {
    this.random = random;
  }

  String path() {
    int kind = random.nextInt(100);
    if (kind < 3) {
      return ODD_PATHS.get(random.nextInt(ODD_PATHS.size()));
    }
    if (kind < 10) {
      return SYSTEM_PATHS.get(random.nextInt(SYSTEM_PATHS.size()));
    }
    return kind < 20 ? "/" + name() : existing();
  }

  /** One that is most likely absent, below one that is most likely there. */
  String newPath() {
    String parent = random.nextInt(5) == 0 ? path() : existing();
    long depth = parent.chars().filter(c -> c == '/').count();
    return depth >= DEPTH_MAX || parent.equals("/") ? "/" + name() : parent + "/" + name();
  }

  String existing() {
    if (versions.isEmpty()) {
      return "/";
    }
    return new ArrayList<>(versions.keySet()).get(random.nextInt(versions.size()));
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  int version(String path) {
    int kind = random.nextInt(10);
    return kind < 5 ? -1 : kind < 9 ? versions.getOrDefault(path, 0) : random.nextInt(4) - 2;
  }

  /**
   * An answer has come.
   *
   * @param paths that it is about, in the order of its parts
   */
  void learn(List<String> paths, Heard answer) {
    Record body = answer.body();
    if (body instanceof MultiResponse multi) {
      for (int i = 0; i < multi.getResultList().size() && i < paths.size(); i++) {
        learn(paths.get(i), multi.getResultList().get(i));
      }
    } else if (body instanceof CreateResponse r) {
      versions.put(r.getPath(), 0);
    } else if (body instanceof Create2Response r) {
      versions.put(r.getPath(), 0);
    } else if (body instanceof SetDataResponse r) {
      versions.put(paths.get(0), r.getStat().getVersion());
    } else if (body instanceof GetDataResponse r) {
      versions.put(paths.get(0), r.getStat().getVersion());
    } else if (paths.size() == 1 && answer.error() == Code.NONODE.intValue()) {
      versions.remove(paths.get(0));
    }
  }

  private void learn(String path, OpResult result) {
    if (result instanceof OpResult.CreateResult r) {
      versions.put(r.getPath(), 0);
    } else if (result instanceof OpResult.SetDataResult r) {
      versions.put(path, r.getStat().getVersion());
    } else if (result instanceof OpResult.DeleteResult) {
      versions.remove(path);
    }
  }

  /** This node is no more. */
  void deleted(@Nullable String path) {
    versions.remove(path);
  }
}
