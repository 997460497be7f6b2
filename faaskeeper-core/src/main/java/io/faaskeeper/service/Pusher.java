package io.faaskeeper.service;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ClientChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals pushes and puts them on the client channel. Thread-safe. */
final class Pusher {
  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

  private final ProcessDirectory directory;
  private final ClientChannel channel;

  Pusher(ProcessDirectory directory, ClientChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Pushes, if the process can be found. A push may be lost, so that nothing that goes wrong here
   * fails anything.
   *
   * @return completes when nothing is left to be done here, with whether there is such a process
   */
  CompletionStage<Boolean> push(Push push) {
    return directory
        .contact(push.process())
        .thenCompose(contact -> send(contact, push))
        .exceptionally(
            failure -> {
              LOG.warn("a push to process {} is lost", push.process(), Async.cause(failure));
              return true;
            });
  }

  private CompletionStage<Boolean> send(Optional<ProcessDirectory.Contact> contact, Push push) {
    if (contact.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    byte[] sealed = Seal.seal(contact.get().secret(), Seal.Direction.TO_CLIENT, Codec.encode(push));
    return channel.push(contact.get().address(), sealed).thenApply(done -> true);
  }
}
