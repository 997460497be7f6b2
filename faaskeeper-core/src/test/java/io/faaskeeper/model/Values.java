package io.faaskeeper.model;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;

/** Every value that is stored or sent, at random. */
final class Values {
  private Values() {}

  static Arbitrary<RequestMessage> messages() {
    return Combinators.combine(texts(), texts(), requests().list().ofMaxSize(4))
        .as(RequestMessage::new);
  }

  static Arbitrary<LogRecord> records() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, Long.MAX_VALUE - 10),
            entries().list().ofMinSize(1).ofMaxSize(4))
        .as(
            (number, attempt, first, entries) -> {
              long[] zxid = {first};
              return new LogRecord(
                  number, attempt, entries.stream().map(e -> numbered(e, zxid[0]++)).toList());
            });
  }

  static Arbitrary<Push> pushes() {
    return Combinators.combine(
            texts(),
            longs(),
            longs(),
            longs(),
            Arbitraries.maps(longs(), events().list().ofMaxSize(3)).ofMaxSize(3),
            answers().list().ofMaxSize(3),
            Combinators.combine(longs(), longs()).as(Push.SyncAnswer::new).list().ofMaxSize(3))
        .as(
            (process, generation, from, upTo, events, answers, syncs) ->
                new Push(process, generation, from, upTo, new TreeMap<>(events), answers, syncs));
  }

  static Arbitrary<SessionState> sessions() {
    return Combinators.combine(
            longs(),
            longs(),
            Arbitraries.of(SessionState.Status.class),
            ints(),
            texts(),
            ints(),
            longs(),
            longs())
        .as(
            (id, touched, status, timeout, process, epoch, token, last) ->
                new SessionState(
                    id,
                    touched,
                    status,
                    timeout,
                    process,
                    epoch,
                    token,
                    touched / 2,
                    last,
                    last / 3));
  }

  static Arbitrary<MailboxEvent> events() {
    return Combinators.combine(
            ints(), Arbitraries.of(MailboxEvent.Kind.class), texts(), acls().injectNull(0.5))
        .as(MailboxEvent::new);
  }

  static Arbitrary<NodeStat> stats() {
    return Combinators.combine(longs(), longs(), longs(), ints(), ints(), ints(), ints(), longs())
        .as(
            (czxid, mzxid, time, version, cversion, aversion, length, owner) ->
                new NodeStat(
                    czxid,
                    mzxid,
                    time,
                    time + 1,
                    version,
                    cversion,
                    aversion,
                    owner,
                    length,
                    length - 7,
                    czxid ^ mzxid));
  }

  static Arbitrary<List<Acl>> acls() {
    return Combinators.combine(ints(), texts(), texts()).as(Acl::new).list().ofMaxSize(3);
  }

  static Arbitrary<Long> longs() {
    return Arbitraries.longs().edgeCases(e -> e.add(0L, 1L, -1L, 1L << 32));
  }

  private static Arbitrary<Integer> ints() {
    return Arbitraries.integers();
  }

  static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
  }

  static Arbitrary<String> texts() {
    Arbitrary<String> anyText =
        Arbitraries.strings()
            .withCharRange('\u0000', '\ud7ff')
            .withCharRange('\ue000', '\uffff')
            .ofMaxLength(20);
    return Arbitraries.oneOf(anyText, Arbitraries.of("", "/", "/a/b", "\ud83d\ude00/\u6c34"));
  }

  private static Arbitrary<Request> requests() {
    Arbitrary<List<Credential>> credentials =
        Combinators.combine(texts(), bytes()).as(Credential::new).list().ofMaxSize(2);
    return Arbitraries.oneOf(
        Combinators.combine(longs(), ints(), longs(), credentials, operations())
            .as(Request.OfSession::new),
        longs().map(Request.Sync::new),
        Combinators.combine(texts(), longs(), longs()).as(Request.Suspicion::new),
        Combinators.combine(texts(), longs()).as(Request.Stray::new),
        texts().map(path -> new Request.Maintenance(new Operation.DeleteContainer(path))));
  }

  private static Arbitrary<Operation> operations() {
    return Arbitraries.oneOf(
        simpleOperations(),
        Combinators.combine(texts(), acls(), ints()).as(Operation.SetAcl::new),
        texts().map(Operation.DeleteContainer::new),
        simpleOperations().list().ofMaxSize(4).map(Operation.Multi::new),
        ints().map(Operation.CreateSession::new),
        Combinators.combine(bytes(), ints(), longs(), longs()).as(Operation.AttachSession::new),
        Arbitraries.just(new Operation.CloseSession()));
  }

  private static Arbitrary<Operation.Simple> simpleOperations() {
    return Arbitraries.oneOf(
        Combinators.combine(
                texts(), bytes().injectNull(0.1), acls(), Arbitraries.of(CreateMode.class), longs())
            .as(Operation.Create::new),
        Combinators.combine(texts(), ints()).as(Operation.Delete::new),
        Combinators.combine(texts(), bytes().injectNull(0.1), ints()).as(Operation.SetData::new),
        Combinators.combine(texts(), ints()).as(Operation.Check::new));
  }

  private static Arbitrary<Result> results() {
    return Arbitraries.oneOf(
        simpleResults(),
        Combinators.combine(codes(), simpleResults().list().ofMaxSize(4))
            .as(Result.MultiResult::new));
  }

  private static Arbitrary<Result> simpleResults() {
    return Arbitraries.oneOf(
        codes().map(Result.Failed::new),
        Combinators.combine(texts(), stats()).as(Result.Created::new),
        stats().map(Result.DataSet::new),
        stats().map(Result.AclSet::new),
        Combinators.combine(ints(), ints()).as(Result.SessionOpened::new),
        texts().map(Result.Refused::new),
        Arbitraries.of(new Result.Deleted(), new Result.Checked(), new Result.SessionClosed()));
  }

  private static Arbitrary<Code> codes() {
    return Arbitraries.of(Code.class);
  }

  // In a class file the checker does not see that the data may be null.
  @SuppressWarnings("NullAway")
  private static Arbitrary<NodeChange> changes() {
    return Combinators.combine(
            texts(), Arbitraries.of(NodeChange.Kind.class), stats(), longs(), acls(), bytes())
        .as(
            (path, kind, stat, sum, acl, data) ->
                switch (kind) {
                  case CREATED -> new NodeChange(path, kind, stat, sum, acl, data);
                  case DELETED, ACL -> new NodeChange(path, kind, stat, sum, acl, null);
                  case DATA -> new NodeChange(path, kind, stat, sum, null, data);
                  case CHILDREN -> new NodeChange(path, kind, stat, sum, null, null);
                });
  }

  private static Arbitrary<LogEntry> entries() {
    return Combinators.combine(
            sessions().injectNull(0.3),
            longs(),
            longs(),
            Arbitraries.of(true, false),
            results(),
            changes().list().ofMaxSize(3),
            texts())
        .as(
            (session, seq, previous, answer, result, nodes, taken) ->
                session == null
                    ? LogEntry.ofService(1, result, nodes)
                    : new LogEntry(
                        1, touched(session, 1), seq, previous, answer, result, nodes, taken));
  }

  private static LogEntry numbered(LogEntry e, long zxid) {
    SessionState session = e.session();
    return new LogEntry(
        zxid,
        session == null ? null : touched(session, zxid),
        e.seq(),
        e.previousRecord(),
        e.answer(),
        e.result(),
        e.nodes(),
        e.taken());
  }

  private static SessionState touched(SessionState s, long zxid) {
    return s.with(s.status(), zxid);
  }

  private static Arbitrary<Push.Answer> answers() {
    return Combinators.combine(longs(), longs(), ints(), longs(), longs(), results(), bytes())
        .as(Push.Answer::new);
  }
}
