package io.faaskeeper.memory;

import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ChildStoreContract;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.MailboxContract;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeStoreContract;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.OwnerIndexContract;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRegistryContract;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.SessionStoreContract;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.TransactionLogContract;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WatermarksContract;
import org.junit.jupiter.api.Nested;

/** The contracts of the storage ports, all on one deployment as they would be on a remote one. */
class MemoryStorageContractTest {
  private static final MemoryStorage STORAGE = new MemoryStorage(Clock.SYSTEM, 16);

  @Nested
  class Log extends TransactionLogContract {
    @Override
    protected TransactionLog create(int slots) {
      return new MemoryStorage(Clock.SYSTEM, slots).log();
    }
  }

  @Nested
  class Marks extends WatermarksContract {
    @Override
    protected Watermarks watermarks() {
      return STORAGE.watermarks();
    }
  }

  @Nested
  class Nodes extends NodeStoreContract {
    @Override
    protected NodeStore nodes() {
      return STORAGE.nodes();
    }
  }

  @Nested
  class Children extends ChildStoreContract {
    @Override
    protected ChildStore children() {
      return STORAGE.children();
    }
  }

  @Nested
  class Owners extends OwnerIndexContract {
    @Override
    protected OwnerIndex owners() {
      return STORAGE.owners();
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {
    @Override
    protected SessionStore sessions() {
      return STORAGE.sessions();
    }
  }

  @Nested
  class Processes extends ProcessRegistryContract {
    @Override
    protected ProcessRegistry processes() {
      return STORAGE.processes();
    }
  }

  @Nested
  class Mailboxes extends MailboxContract {
    @Override
    protected Mailbox mailbox() {
      return STORAGE.mailbox();
    }
  }
}
