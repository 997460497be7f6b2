package io.faaskeeper.port;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds what belongs to an owner without a scan. An entry is a hint that its reader confirms, and
 * is exact enough (it names an incarnation) that to remove it late does no harm. Owners and entries
 * are any text; entries of one owner are listed in the order of their UTF-8 bytes.
 */
public interface OwnerIndex {
  CompletionStage<Void> put(String owner, String entry, Deadline deadline);

  CompletionStage<Void> remove(String owner, String entry, Deadline deadline);

  /**
   * Strongly consistent.
   *
   * @param after entries up to this one are left out; empty for the first
   * @param limit at most so many are returned; fewer only if there are no more
   */
  CompletionStage<List<String>> list(String owner, String after, int limit);
}
