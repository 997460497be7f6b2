package io.faaskeeper.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One service, one fault, and paths of its own: the argument of a test. Closes the peers that
 * joined.
 */
final class Scene implements AutoCloseable {
  private final Service service;
  private final Fault fault;
  private final String base = "/recipes-" + UUID.randomUUID();
  private final List<Peer> peers = new ArrayList<>();

  Scene(Service service, Fault fault) {
    this.service = service;
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  String path(String name) {
    return base + "/" + name;
  }

  Peer join() {
    Peer peer = new Peer(service);
    peers.add(peer);
    return peer;
  }

  @Override
  public void close() {
    peers.forEach(Peer::close);
  }

  @Override
  public String toString() {
    return service.getClass().getSimpleName() + ", " + fault;
  }
}
