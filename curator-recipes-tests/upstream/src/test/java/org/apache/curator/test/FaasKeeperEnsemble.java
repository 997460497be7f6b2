package org.apache.curator.test;

import io.faaskeeper.zookeeper.testing.FaasKeeperTestServer;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.curator.test.compatibility.Timing2;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one ensemble. As with real ones, none of them serves while fewer than half of them
 * are up; what they hold belongs to their folders. Thread-safe.
 */
final class FaasKeeperEnsemble {
  /** By the folders of all servers. Guarded by itself. */
  private static final Map<Set<File>, FaasKeeperEnsemble> ALL = new HashMap<>();

  private final Set<File> folders;
  private final int tickMillis;

  /** Guarded by this, all of them. */
  private final List<Member> members = new ArrayList<>();

  private boolean serving;

  private FaasKeeperEnsemble(Set<File> folders, int tickMillis) {
    this.folders = folders;
    this.tickMillis = tickMillis;
  }

  static FaasKeeperEnsemble of(Collection<InstanceSpec> specs) {
    Set<File> folders =
        specs.stream().map(InstanceSpec::getDataDirectory).collect(Collectors.toSet());
    int tick =
        specs.stream()
            .mapToInt(InstanceSpec::getTickTime)
            .filter(millis -> millis > 0)
            .findFirst()
            .orElseGet(() -> new Timing2().tickTime());
    synchronized (ALL) {
      return ALL.computeIfAbsent(folders, f -> new FaasKeeperEnsemble(f, tick));
    }
  }

  /** A server, down or up. */
  static final class Member {
    private final FaasKeeperTestServer server;
    private final InstanceSpec spec;
    private boolean up;

    private Member(FaasKeeperTestServer server, InstanceSpec spec) {
      this.server = server;
      this.spec = spec;
    }

    int port() {
      return server.port();
    }
  }

  /** The server of a folder, which may be another's successor. */
  synchronized Member member(InstanceSpec spec) {
    int port = Math.max(0, spec.getPort());
    Member before = ofFolder(spec);
    FaasKeeperTestServer server =
        members.isEmpty()
            ? FaasKeeperTestServer.create(port, tickMillis)
            : members.get(0).server.another(port);
    if (before != null) {
      members.remove(before);
      before.server.close();
    }
    Member member = new Member(server, spec);
    members.add(member);
    return member;
  }

  private @Nullable Member ofFolder(InstanceSpec spec) {
    return members.stream()
        .filter(member -> member.spec.getDataDirectory().equals(spec.getDataDirectory()))
        .findFirst()
        .orElse(null);
  }

  synchronized void up(Member member) throws IOException {
    member.up = true;
    if (serving) {
      member.server.restart();
    } else if (quorum()) {
      serving = true;
      for (Member each : members) {
        if (each.up) {
          each.server.restart();
        }
      }
    }
  }

  synchronized void down(Member member, boolean killed) {
    member.up = false;
    if (killed) {
      member.server.kill();
    } else {
      member.server.stop();
    }
    if (serving && !quorum()) {
      serving = false;
      members.forEach(each -> each.server.stop());
    }
  }

  private boolean quorum() {
    return 2 * members.stream().filter(member -> member.up).count() > folders.size();
  }

  synchronized void close(Member member) {
    member.server.close();
    members.remove(member);
    if (members.isEmpty()) {
      synchronized (ALL) {
        ALL.remove(folders, this);
      }
    }
  }
}
