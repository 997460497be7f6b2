package io.faaskeeper.service;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.processor.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what arrives on the worker queue. A message that can't be read, or is not sealed by whom it
 * names, is logged and dropped: it blocks nobody. Thread-safe.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final ProcessDirectory directory;
  private final byte[] deploymentSecret;

  Inbox(ProcessDirectory directory, byte[] deploymentSecret) {
    this.directory = directory;
    this.deploymentSecret = deploymentSecret;
  }

  /** The requests of a batch of messages, in order. Fails if storage does. */
  CompletionStage<List<Item>> open(List<byte[]> sealedMessages) {
    List<CompletionStage<List<Item>>> opened = sealedMessages.stream().map(this::open).toList();
    return Async.all(opened)
        .thenApply(
            done -> {
              List<Item> items = new ArrayList<>();
              opened.forEach(message -> items.addAll(message.toCompletableFuture().join()));
              return items;
            });
  }

  private CompletionStage<List<Item>> open(byte[] sealed) {
    String process;
    try {
      process = Codec.senderOf(Seal.peek(sealed));
    } catch (MalformedDataException e) {
      return CompletableFuture.completedStage(dropped("?", e));
    }
    if (process.equals(RequestMessage.SERVICE)) {
      return CompletableFuture.completedStage(open(sealed, process, deploymentSecret));
    }
    if (!Seal.isProcessName(process)) {
      // Neither storage nor the log is asked to bear it.
      return CompletableFuture.completedStage(
          dropped("?", new MalformedDataException("it names what can be no process")));
    }
    return directory
        .contact(process)
        .handle(
            (contact, failure) -> {
              if (failure != null) {
                if (Async.cause(failure) instanceof MalformedDataException e) {
                  return dropped(process, e);
                }
                throw new StorageException(Async.cause(failure));
              }
              return contact
                  .map(known -> open(sealed, process, known.secret()))
                  .orElseGet(
                      () ->
                          dropped(
                              process, new MalformedDataException("no such process (any more)")));
            });
  }

  private List<Item> open(byte[] sealed, String process, byte[] secret) {
    try {
      RequestMessage message =
          Codec.decodeMessage(Seal.open(secret, Seal.Direction.TO_WRITER, sealed));
      List<Item> items = new ArrayList<>();
      for (Request request : message.requests()) {
        if (request instanceof Request.Maintenance != process.equals(RequestMessage.SERVICE)
            && !(request instanceof Request.Suspicion)) {
          throw new MalformedDataException(
              process + " may not ask for " + request.getClass().getSimpleName());
        }
        if (request instanceof Request.Suspicion s && !Seal.isProcessName(s.process())) {
          throw new MalformedDataException("it suspects what can be no process");
        }
        if (request instanceof Request.Stray s && !isChild(s.path())) {
          throw new MalformedDataException("it names what can be no child");
        }
        items.add(new Item(process, request));
      }
      return items;
    } catch (MalformedDataException e) {
      return dropped(process, e);
    }
  }

  private static boolean isChild(String path) {
    return path.length() > 1 && ZnodePath.isValid(path);
  }

  private static List<Item> dropped(String process, MalformedDataException e) {
    LOG.warn("dropped a message of process {}: {}", process, e.getMessage());
    return List.of();
  }
}
