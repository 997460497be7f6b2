package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import java.io.IOException;
import org.apache.jute.InputArchive;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.SyncRequest;
import org.apache.zookeeper.proto.SyncResponse;

/** Requests that change nothing. */
final class ReadRequests {
  private ReadRequests() {}

  static Exchange exists(InputArchive body) throws IOException {
    ExistsRequest r = new ExistsRequest();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.Exists(Jute.present(r.getPath()), r.getWatch()), Answers::stat);
  }

  static Exchange getData(InputArchive body) throws IOException {
    GetDataRequest r = new GetDataRequest();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.GetData(Jute.present(r.getPath()), r.getWatch()), Answers::data);
  }

  static Exchange getAcl(InputArchive body) throws IOException {
    GetACLRequest r = new GetACLRequest();
    r.deserialize(body, "request");
    return new Exchange(new ClientRequest.GetAcl(Jute.present(r.getPath())), Answers::acl);
  }

  static Exchange getChildren(InputArchive body) throws IOException {
    GetChildrenRequest r = new GetChildrenRequest();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.GetChildren(Jute.present(r.getPath()), r.getWatch()), Answers::children);
  }

  static Exchange getChildren2(InputArchive body) throws IOException {
    GetChildren2Request r = new GetChildren2Request();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.GetChildren(Jute.present(r.getPath()), r.getWatch()), Answers::children2);
  }

  static Exchange getAllChildrenNumber(InputArchive body) throws IOException {
    GetAllChildrenNumberRequest r = new GetAllChildrenNumberRequest();
    r.deserialize(body, "request");
    return new Exchange(
        new ClientRequest.GetAllChildrenNumber(Jute.present(r.getPath())), Answers::count);
  }

  /** No prefix, a blank one and the root all ask for everything. */
  static Exchange getEphemerals(InputArchive body) throws IOException {
    GetEphemeralsRequest r = new GetEphemeralsRequest();
    r.deserialize(body, "request");
    String prefix = r.getPrefixPath();
    boolean all = prefix == null || prefix.isBlank() || prefix.trim().equals("/");
    return new Exchange(new ClientRequest.GetEphemerals(all ? "/" : prefix), Answers::paths);
  }

  /** The answer repeats the path, whatever it is. */
  static Exchange sync(InputArchive body) throws IOException {
    SyncRequest r = new SyncRequest();
    r.deserialize(body, "request");
    String path = r.getPath();
    return new Exchange(
        new ClientRequest.Sync(path == null ? "" : path), reply -> new SyncResponse(path));
  }

  static Exchange whoAmI(InputArchive body) {
    return new Exchange(new ClientRequest.WhoAmI(), Answers::identities);
  }
}
