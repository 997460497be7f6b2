package io.faaskeeper.emulators;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ChildStoreContract;
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
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.TransactionLogContract;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WatermarksContract;
import org.junit.jupiter.api.Nested;

/** The contracts of what is stored, on DynamoDB and S3. */
class AwsStorageContractTest {
  private static final AwsDeploymentNames NAMES = Local.deployment();
  private static final AwsPorts PORTS = Local.ports(NAMES);
  private static final String BUCKET = Local.bucket(NAMES);

  @Nested
  class Log extends TransactionLogContract {
    @Override
    protected TransactionLog create(int slots) {
      return Stages.await(Local.ports(Local.deployment()).openLog(slots));
    }
  }

  @Nested
  class Watermark extends WatermarksContract {
    @Override
    protected Watermarks watermarks() {
      return PORTS.watermarks();
    }
  }

  @Nested
  class Nodes extends NodeStoreContract {
    @Override
    protected NodeStore nodes() {
      return PORTS.nodes();
    }
  }

  @Nested
  class PersistentNodes extends NodeStoreContract {
    @Override
    protected NodeStore nodes() {
      return PORTS.nodes(BUCKET, false);
    }
  }

  @Nested
  class HybridNodes extends NodeStoreContract {
    @Override
    protected NodeStore nodes() {
      return PORTS.nodes(BUCKET, true);
    }
  }

  @Nested
  class Children extends ChildStoreContract {
    @Override
    protected ChildStore children() {
      return PORTS.children();
    }
  }

  @Nested
  class Owners extends OwnerIndexContract {
    @Override
    protected OwnerIndex owners() {
      return PORTS.owners();
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {
    @Override
    protected SessionStore sessions() {
      return PORTS.sessions();
    }
  }

  @Nested
  class Processes extends ProcessRegistryContract {
    @Override
    protected ProcessRegistry processes() {
      return PORTS.processes();
    }
  }

  @Nested
  class Mailboxes extends MailboxContract {
    @Override
    protected Mailbox mailbox() {
      return PORTS.mailbox();
    }
  }
}
