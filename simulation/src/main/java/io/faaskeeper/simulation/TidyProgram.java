package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.apache.zookeeper.CreateMode;

/**
 * Writes each node that lives, which tells the service that those who subscribed are gone; and
 * lists each node that ever had children, which shows the items of children that should not be
 * there.
 */
final class TidyProgram implements Program {
  private static final byte[] DATA = {1};

  private final Deque<ClientRequest> left = new ArrayDeque<>();

  TidyProgram(LogTruth truth) {
    Set<String> paths = new TreeSet<>(truth.paths());
    paths.addAll(Requests.PATHS);
    for (String path : paths) {
      boolean isParent = !truth.everHad(path).isEmpty();
      boolean isLiving = truth.at(path, truth.last()).alive() || Requests.PATHS.contains(path);
      if (!path.startsWith("/zookeeper") && (isParent || isLiving)) {
        visit(path, isParent);
      }
    }
    // The service would delete these later by itself.
    write(new Operation.Delete("/c/t", -1));
    write(new Operation.Delete("/c", -1));
  }

  private void visit(String path, boolean isParent) {
    if (path.length() > 1) {
      write(new Operation.Create(path, DATA, Acl.OPEN, CreateMode.PERSISTENT, -1));
      write(new Operation.SetAcl(path, Acl.OPEN, -1));
    }
    write(new Operation.SetData(path, DATA, -1));
    if (isParent) {
      String child = (path.length() > 1 ? path : "") + "/tidy";
      write(new Operation.Create(child, DATA, Acl.OPEN, CreateMode.PERSISTENT, -1));
      left.add(new ClientRequest.GetChildren(path, false));
      write(new Operation.Delete(child, -1));
    }
  }

  private void write(Operation operation) {
    left.add(new ClientRequest.Write(operation));
  }

  @Override
  public void connected(Line line, boolean newSession) {
    if (left.isEmpty()) {
      line.finish();
    } else {
      line.ask(left.remove(), reply -> connected(line, false));
    }
  }
}
