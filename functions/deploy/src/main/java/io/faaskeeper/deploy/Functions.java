package io.faaskeeper.deploy;

import java.util.List;
import java.util.Optional;

/** What Lambda says of functions. Fails with {@link DeployException}. */
interface Functions {
  Optional<FunctionState> find(String name);

  /** What feeds a function. */
  List<SourceState> sources(String aliasOrName);

  /** A function now. */
  record FunctionState(String state, String lastUpdate, long codeBytes, String lastModified) {}

  /** An event source now. */
  record SourceState(String source, String state) {}
}
