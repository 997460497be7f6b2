package io.faaskeeper.service;

import io.faaskeeper.model.Push;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Answers of a batch that no record of it gives. Not thread-safe. */
final class Replies {
  private final Map<String, List<Push.Answer>> answers = new HashMap<>();
  private final Map<String, List<Long>> syncs = new HashMap<>();
  private final List<Decision.Addressed<Decision.Duplicate>> duplicates = new ArrayList<>();

  void add(Decision decision) {
    decision.unlogged().forEach(a -> answer(a.process(), a.what()));
    decision
        .syncs()
        .forEach(s -> syncs.computeIfAbsent(s.process(), p -> new ArrayList<>()).add(s.what()));
    duplicates.addAll(decision.duplicates());
  }

  void answer(String process, Push.Answer answer) {
    answers.computeIfAbsent(process, p -> new ArrayList<>()).add(answer);
  }

  List<Decision.Addressed<Decision.Duplicate>> duplicates() {
    return duplicates;
  }

  boolean isEmpty() {
    return answers.isEmpty() && syncs.isEmpty() && duplicates.isEmpty();
  }

  /**
   * Sends them.
   *
   * @param applied the zxid that the watermark has passed
   * @param tail the last zxid in the log, which answers the syncs
   */
  CompletionStage<Void> send(Distribution distribution, long applied, long tail) {
    Set<String> processes = new TreeSet<>(answers.keySet());
    processes.addAll(syncs.keySet());
    List<CompletionStage<Void>> sent = new ArrayList<>();
    for (String process : processes) {
      List<Push.SyncAnswer> synced =
          syncs.getOrDefault(process, List.of()).stream()
              .map(token -> new Push.SyncAnswer(token, tail))
              .toList();
      sent.add(
          distribution.answer(process, answers.getOrDefault(process, List.of()), synced, applied));
    }
    return Async.all(sent);
  }
}
