package io.faaskeeper.zookeeper.protocol;

import static java.util.Map.entry;

import io.faaskeeper.client.ClientRequest;
import java.io.IOException;
import java.util.Map;
import org.apache.jute.InputArchive;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ReconfigRequest;
import org.apache.zookeeper.txn.CreateSessionTxn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request types of ZooKeeper's protocol. What can't be understood becomes the refusal that
 * ZooKeeper's server gives, so that it too is answered in its turn.
 */
final class Requests {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);

  /** Reads the body of one type. Whatever it throws means that the body can't be read. */
  @FunctionalInterface
  interface Reader {
    Exchange read(InputArchive body) throws IOException;
  }

  private static final Map<Integer, Reader> READERS =
      Map.ofEntries(
          entry(OpCode.create, WriteRequests::create),
          entry(OpCode.create2, WriteRequests::create2),
          entry(OpCode.createContainer, WriteRequests::createContainer),
          entry(OpCode.createTTL, WriteRequests::createTtl),
          entry(OpCode.delete, WriteRequests::delete),
          entry(OpCode.deleteContainer, WriteRequests::deleteContainer),
          entry(OpCode.setData, WriteRequests::setData),
          entry(OpCode.setACL, WriteRequests::setAcl),
          entry(OpCode.multi, MultiRequests::multi),
          entry(OpCode.exists, ReadRequests::exists),
          entry(OpCode.getData, ReadRequests::getData),
          entry(OpCode.getACL, ReadRequests::getAcl),
          entry(OpCode.getChildren, ReadRequests::getChildren),
          entry(OpCode.getChildren2, ReadRequests::getChildren2),
          entry(OpCode.getAllChildrenNumber, ReadRequests::getAllChildrenNumber),
          entry(OpCode.getEphemerals, ReadRequests::getEphemerals),
          entry(OpCode.multiRead, MultiRequests::multiRead),
          entry(OpCode.sync, ReadRequests::sync),
          entry(OpCode.whoAmI, ReadRequests::whoAmI),
          entry(OpCode.addWatch, WatchRequests::addWatch),
          entry(OpCode.removeWatches, WatchRequests::removeWatches),
          entry(OpCode.checkWatches, WatchRequests::checkWatches),
          entry(OpCode.setWatches, WatchRequests::setWatches),
          entry(OpCode.setWatches2, WatchRequests::setWatches2),
          entry(OpCode.reconfig, Requests::reconfig),
          entry(OpCode.createSession, Requests::createSession),
          entry(OpCode.closeSession, WriteRequests::closeSession));

  private Requests() {}

  /**
   * Reads a request.
   *
   * @param type the type code of its header
   * @param body what follows the header
   */
  static Exchange read(int type, InputArchive body) {
    Reader reader = READERS.get(type);
    if (reader == null) {
      log.warn("A client sent a request of unknown type {}; its connection ends", type);
      return new Exchange(
          new ClientRequest.Reject(Code.UNIMPLEMENTED.intValue()), new Answers.OfUnknown());
    }
    try {
      return reader.read(body);
    } catch (IOException | RuntimeException e) {
      log.warn("A request of type {} can't be read: {}", type, e.toString());
      return Exchange.rejected(Code.MARSHALLINGERROR);
    }
  }

  /** There is no ensemble to be reconfigured. */
  private static Exchange reconfig(InputArchive body) throws IOException {
    new ReconfigRequest().deserialize(body, "request");
    return Exchange.rejected(Code.RECONFIGDISABLED);
  }

  private static Exchange createSession(InputArchive body) throws IOException {
    new CreateSessionTxn().deserialize(body, "request");
    return new Exchange(new ClientRequest.Echo(), new Answers.OfSession());
  }
}
