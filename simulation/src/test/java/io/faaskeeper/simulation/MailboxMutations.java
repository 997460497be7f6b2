package io.faaskeeper.simulation;

import static io.faaskeeper.simulation.Ports.done;
import static io.faaskeeper.simulation.Ports.join;
import static io.faaskeeper.simulation.Ports.lose;
import static io.faaskeeper.simulation.Ports.replace;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.ServicePorts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberate bugs of what processes are told. */
final class MailboxMutations {
  private MailboxMutations() {}

  /** Each by its name. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.put("lose mailbox items", () -> lose("Mailbox.add", 3, null));
    all.put("read mailboxes without the last item", MailboxMutations::mailboxShort);
    all.put("keep only one event of a mailbox item", MailboxMutations::mailboxOneEvent);
    all.put("tell an event twice", MailboxMutations::mailboxTwice);
    all.put("keep the first copy of a mailbox item alone", MailboxMutations::mailboxOnce);
    all.put("keep the last copy of a mailbox item alone", MailboxMutations::mailboxOver);
    all.put("believe every push to be complete", () -> MailboxMutations::completePushes);
    all.put(
        "keep from a push under which recursive watches it was made",
        () -> MailboxMutations::pushesOfAnyGeneration);
    return all;
  }

  private static UnaryOperator<ServicePorts> mailboxShort() {
    return replace(
        "Mailbox.read",
        (sound, args) -> {
          long upTo = (Long) args[2];
          return sound.call(args[0], args[1], Math.max((Long) args[1], upTo - 1));
        });
  }

  private static UnaryOperator<ServicePorts> mailboxOneEvent() {
    return replace(
        "Mailbox.add",
        (sound, args) -> {
          List<MailboxEvent> events = new ArrayList<>();
          ((Collection<?>) args[2]).forEach(event -> events.add((MailboxEvent) event));
          return sound.call(
              args[0], args[1], events.subList(0, Math.min(1, events.size())), args[3]);
        });
  }

  private static UnaryOperator<ServicePorts> mailboxTwice() {
    return replace(
        "Mailbox.add",
        (sound, args) -> {
          List<MailboxEvent> events = new ArrayList<>();
          for (Object each : (Collection<?>) args[2]) {
            MailboxEvent event = (MailboxEvent) each;
            events.add(event);
            events.add(
                new MailboxEvent(event.index() + 100, event.kind(), event.path(), event.acl()));
          }
          return sound.call(args[0], args[1], events, args[3]);
        });
  }

  private static UnaryOperator<ServicePorts> mailboxOnce() {
    Set<List<Object>> there = new HashSet<>();
    return replace(
        "Mailbox.add",
        (sound, args) ->
            there.add(List.of(args[0], args[1]))
                ? sound.call(args)
                : CompletableFuture.completedFuture(null));
  }

  private static UnaryOperator<ServicePorts> mailboxOver() {
    Map<List<Object>, List<Integer>> last = new HashMap<>();
    return replace(
                "Mailbox.add",
                (sound, args) -> {
                  List<Integer> indexes =
                      ((Collection<?>) args[2])
                          .stream().map(event -> ((MailboxEvent) event).index()).toList();
                  last.put(List.of(args[0], args[1]), indexes);
                  return sound.call(args);
                })
            .andThen(
                replace(
                    "Mailbox.read",
                    (sound, args) -> {
                      SortedMap<Long, List<MailboxEvent>> read = join(sound.call(args));
                      SortedMap<Long, List<MailboxEvent>> over = new TreeMap<>();
                      read.forEach(
                          (zxid, events) ->
                              over.put(
                                  zxid,
                                  events.stream()
                                      .filter(
                                          event ->
                                              last.getOrDefault(List.of(args[0], zxid), List.of())
                                                  .contains(event.index()))
                                      .toList()));
                      return done(over);
                    }))
        ::apply;
  }

  private static ServicePorts completePushes(ServicePorts ports) {
    return push(
        ports,
        push ->
            new Push(
                push.process(),
                push.generation(),
                0,
                push.upTo(),
                push.events(),
                push.answers(),
                push.syncs()));
  }

  private static ServicePorts pushesOfAnyGeneration(ServicePorts ports) {
    return push(
        ports,
        push ->
            new Push(
                push.process(),
                ports.watermarks().read().toCompletableFuture().join().generation(),
                push.completeFrom(),
                push.upTo(),
                push.events(),
                push.answers(),
                push.syncs()));
  }

  /** Other pushes than those that the service made. */
  private static ServicePorts push(ServicePorts ports, UnaryOperator<Push> change) {
    ClientChannel sound = ports.channel();
    ClientChannel wrong =
        new ClientChannel() {
          @Override
          public CompletionStage<Void> push(String address, byte[] message) {
            Push push = change.apply(Codec.decodePush(Seal.peek(message)));
            Optional<byte[]> secret = join(ports.processes().channelSecret(push.process()));
            return secret.isEmpty()
                ? sound.push(address, message)
                : sound.push(
                    address, Seal.seal(secret.get(), Seal.Direction.TO_CLIENT, Codec.encode(push)));
          }

          @Override
          public CompletionStage<Void> remove(String address) {
            return sound.remove(address);
          }
        };
    return ports.with(ports.watermarks(), wrong);
  }
}
