package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.model.SessionState;

/** Makes answers of log entries. The password of a session is in no record: it is derived here. */
final class Answers {
  private final byte[] deploymentSecret;

  Answers(byte[] deploymentSecret) {
    this.deploymentSecret = deploymentSecret;
  }

  /** The answer that an entry of a session gives. */
  Push.Answer of(LogEntry entry, SessionState session) {
    boolean opened = entry.result() instanceof Result.SessionOpened;
    return new Push.Answer(
        entry.zxid(),
        session.id(),
        session.epoch(),
        entry.seq(),
        opened ? session.token() : 0,
        entry.result(),
        opened ? Seal.password(deploymentSecret, session.id()) : new byte[0]);
  }
}
