package io.faaskeeper.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Operation.Check;
import io.faaskeeper.model.Operation.Create;
import io.faaskeeper.model.Operation.Delete;
import io.faaskeeper.model.Operation.DeleteContainer;
import io.faaskeeper.model.Operation.Multi;
import io.faaskeeper.model.Operation.SetAcl;
import io.faaskeeper.model.Operation.SetData;
import io.faaskeeper.model.Result;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.EphemeralType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Single cases; {@link WriteProcessorPropertyTest} has what holds in all of them. */
final class WriteProcessorTest {
  private static final long SESSION = 0x1234;
  private static final long OTHER_SESSION = 0x5678;
  private static final List<Acl> READ_ONLY = Acl.READ;
  private static final List<Acl> NOBODY = List.of(new Acl(Perms.ALL, "digest", "no:body"));

  private final WriteProcessor processor = new WriteProcessor(Limits.DEFAULT, null);
  private final ModelTree tree = new ModelTree();
  private long zxid;

  /**
   * The tree of the table: /plain (version 1, child /plain/child), /ephemeral, /container, /ttl (of
   * 1 s), /readonly with a child, /hidden (nobody may do anything) with a child.
   */
  private void plant() {
    ok(create("/plain", CreateMode.PERSISTENT));
    ok(create("/plain/child", CreateMode.PERSISTENT));
    ok(new SetData("/plain", new byte[3], -1));
    ok(create("/ephemeral", CreateMode.EPHEMERAL));
    ok(create("/container", CreateMode.CONTAINER));
    ok(new Create("/ttl", new byte[0], Acl.OPEN, CreateMode.PERSISTENT_WITH_TTL, 1_000));
    for (String path : List.of("/readonly", "/hidden")) {
      ok(create(path, CreateMode.PERSISTENT));
      ok(create(path + "/child", CreateMode.PERSISTENT));
      ok(new SetAcl(path, path.equals("/hidden") ? NOBODY : READ_ONLY, -1));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // does not find an array's annotation in a class file
  void noDataIsToldFromEmptyData() {
    Verdict.Decided created = ok(new Create("/none", null, Acl.OPEN, CreateMode.PERSISTENT, 0));
    Verdict.Decided set = ok(new SetData("/none", null, -1));
    for (Verdict.Decided decided : List.of(created, set)) {
      NodeChange change = decided.changes().get(0);
      assertEquals(NodeStat.NO_DATA, change.stat().dataLength());
      assertArrayEquals(new byte[0], change.data());
      assertEquals(0, EphemeralOwner.visible(change.stat()).dataLength());
    }
    assertEquals(0, assertInstanceOf(Result.DataSet.class, set.result()).stat().dataLength());
    assertEquals(0, assertInstanceOf(Result.Created.class, created.result()).stat().dataLength());
  }

  @Test
  void aSequentialContainerIsAContainer() {
    Verdict.Decided created =
        ok(
            new Create(
                "/box-",
                new byte[0],
                Acl.OPEN,
                CreateMode.PERSISTENT_SEQUENTIAL,
                Create.CONTAINER));
    assertEquals(
        EphemeralType.CONTAINER_EPHEMERAL_OWNER, created.changes().get(0).stat().ephemeralOwner());
  }

  static Stream<Arguments> failures() {
    List<Acl> bad = List.of(new Acl(Perms.ALL, "world", "nobody"));
    return Stream.of(
        // create: the checks in their order, each case failing the one and all later ones
        failure(create("no-slash", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(create("", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(create("/zero\0", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(ttl("/x", 0), Code.BADARGUMENTS),
        failure(ttl("/x", -1), Code.BADARGUMENTS),
        failure(ttl("/x", EphemeralType.TTL.maxValue() + 1), Code.BADARGUMENTS),
        failure(create("/gone/x", bad), Code.INVALIDACL),
        failure(create("/x", List.of()), Code.INVALIDACL),
        failure(create("/gone/x", CreateMode.PERSISTENT), Code.NONODE),
        failure(create("/gone//x", CreateMode.PERSISTENT), Code.NONODE),
        failure(create("/readonly/child", CreateMode.PERSISTENT), Code.NOAUTH),
        failure(create("/readonly/", CreateMode.PERSISTENT), Code.NOAUTH),
        failure(create("/plain/", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(create("/plain/..", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(create("//x", CreateMode.PERSISTENT), Code.BADARGUMENTS),
        failure(create("/", CreateMode.PERSISTENT), Code.NODEEXISTS),
        failure(create("/plain/child", CreateMode.EPHEMERAL), Code.NODEEXISTS),
        failure(create("/ephemeral/x", CreateMode.PERSISTENT), Code.NOCHILDRENFOREPHEMERALS),
        failure(
            create("/ephemeral/x", CreateMode.EPHEMERAL_SEQUENTIAL), Code.NOCHILDRENFOREPHEMERALS),
        // delete
        failure(new Delete("no-slash", -1), Code.BADARGUMENTS),
        failure(new Delete("/", -1), Code.BADARGUMENTS),
        failure(new Delete("/zookeeper", -1), Code.BADARGUMENTS),
        failure(new Delete("/zookeeper/quota", -1), Code.BADARGUMENTS),
        failure(new Delete("/zookeeper/config", -1), Code.BADARGUMENTS),
        failure(new Delete("/gone/x", -1), Code.NONODE),
        failure(new Delete("/readonly/gone", 7), Code.NOAUTH),
        failure(new Delete("/plain/", -1), Code.NONODE),
        failure(new Delete("/plain/gone", 7), Code.NONODE),
        failure(new Delete("/plain", 0), Code.BADVERSION),
        failure(new Delete("/plain", 1), Code.NOTEMPTY),
        // setData
        failure(new SetData("/plain/", new byte[0], -1), Code.BADARGUMENTS),
        failure(new SetData("/gone", new byte[0], -1), Code.NONODE),
        failure(new SetData("/readonly", new byte[0], 7), Code.NOAUTH),
        failure(new SetData("/zookeeper/config", new byte[0], -1), Code.NOAUTH),
        failure(new SetData("/plain", new byte[0], 0), Code.BADVERSION),
        failure(new SetData("/plain", new byte[0], -2), Code.BADVERSION),
        // setACL
        failure(new SetAcl("/plain/", bad, -1), Code.BADARGUMENTS),
        failure(new SetAcl("/gone", bad, -1), Code.INVALIDACL),
        failure(new SetAcl("/gone", Acl.OPEN, -1), Code.NONODE),
        failure(new SetAcl("/readonly", Acl.OPEN, 7), Code.NOAUTH),
        failure(new SetAcl("/plain", Acl.OPEN, 1), Code.BADVERSION),
        // deleteContainer, of a client
        failure(new DeleteContainer("/"), Code.BADARGUMENTS),
        failure(new DeleteContainer("/gone"), Code.NONODE),
        failure(new DeleteContainer("/plain"), Code.NOTEMPTY),
        failure(new DeleteContainer("/ephemeral"), Code.BADVERSION),
        // check on its own
        failure(new Check("/plain", 1), Code.UNIMPLEMENTED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failsAsZooKeeperDoes(Operation operation, Code code) {
    plant();
    assertEquals(failed(code), process(processor, operation, SESSION));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failsInAMultiWithTheOthersMarked(Operation operation, Code code) {
    plant();
    Check fine = new Check("/", -1);
    if (operation instanceof Operation.Simple simple && !(operation instanceof Check)) {
      Result.MultiResult expected =
          new Result.MultiResult(
              code,
              List.of(
                  new Result.Failed(Code.OK),
                  new Result.Failed(code),
                  new Result.Failed(Code.RUNTIMEINCONSISTENCY)));
      assertEquals(
          new Verdict.Decided(expected, List.of()),
          process(processor, new Multi(List.of(fine, simple, fine)), SESSION));
      assertEquals(Code.OK, expected.code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/gone, -1, NONODE",
    "/hidden, 7, NOAUTH",
    "/plain, 0, BADVERSION",
    "/plain/, -1, BADARGUMENTS"
  })
  void aCheckFailsItsMulti(String path, int version, Code code) {
    plant();
    Result result = process(new Multi(List.of(new Check(path, version))), SESSION).result();
    assertEquals(new Result.MultiResult(code, List.of(new Result.Failed(code))), result);
  }

  @Test
  void aMultiWithoutOperationsSucceeds() {
    assertEquals(
        new Verdict.Decided(new Result.MultiResult(Code.OK, List.of()), List.of()),
        process(new Multi(List.of()), SESSION));
  }

  @Test
  void aMultiSeesItsOwnChangesUnderOneZxid() {
    zxid = 6;
    Verdict.Decided decided =
        ok(
            new Multi(
                List.of(
                    create("/a", CreateMode.PERSISTENT),
                    new SetData("/a", new byte[5], 0),
                    new Check("/a", 1),
                    create("/a/s-", CreateMode.PERSISTENT_SEQUENTIAL),
                    create("/a/s-", CreateMode.PERSISTENT_SEQUENTIAL),
                    new Delete("/a/s-0000000000", 0))));
    assertEquals(
        List.of(
            "CREATED /a",
            "CHILDREN /",
            "DATA /a",
            "CREATED /a/s-0000000000",
            "CHILDREN /a",
            "CREATED /a/s-0000000001",
            "CHILDREN /a",
            "DELETED /a/s-0000000000",
            "CHILDREN /a"),
        decided.changes().stream().map(c -> c.kind() + " " + c.path()).toList());
    assertEquals(new NodeStat(7, 7, 700, 700, 1, 3, 0, 0, 5, 1, 7), stat("/a"));
    assertEquals(new NodeStat(7, 7, 700, 700, 0, 0, 0, 0, 0, 0, 7), stat("/a/s-0000000001"));
  }

  @Test
  void aNodeDeletedInAMultiCanBeCreatedAgain() {
    ok(create("/a", CreateMode.PERSISTENT));
    ok(new SetData("/a", new byte[1], -1));
    ok(new Multi(List.of(new Delete("/a", 1), create("/a", CreateMode.EPHEMERAL))));
    assertEquals(new NodeStat(3, 3, 300, 300, 0, 0, 0, SESSION, 0, 0, 3), stat("/a"));
    assertEquals(new NodeStat(0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 3), stat("/"));
  }

  @Test
  void sequenceNumbersCountCreationsAlone() {
    ok(create("/p", CreateMode.PERSISTENT));
    ok(create("/p/x", CreateMode.PERSISTENT));
    ok(new Delete("/p/x", -1));
    ok(create("/p/", CreateMode.PERSISTENT_SEQUENTIAL));
    assertEquals(Set.of("/p/0000000001"), Set.copyOf(tree.children("/p")));
  }

  @Test
  void aSequentialNameMayBeTaken() {
    ok(create("/p", CreateMode.PERSISTENT));
    ok(create("/p/s0000000001", CreateMode.PERSISTENT));
    assertEquals(
        failed(Code.NODEEXISTS), process(create("/p/s", CreateMode.EPHEMERAL_SEQUENTIAL), SESSION));
  }

  @Test
  void ownersAreStoredAndShownToClientsIfTheyAreSessions() {
    plant();
    assertEquals(SESSION, stat("/ephemeral").ephemeralOwner());
    assertEquals(Long.MIN_VALUE, stat("/container").ephemeralOwner());
    assertEquals(0xff00000000000000L | 1_000, stat("/ttl").ephemeralOwner());
    for (String path : List.of("/container", "/ttl")) {
      Result result = process(new SetData(path, new byte[2], -1), SESSION).result();
      assertEquals(0, ((Result.DataSet) result).stat().ephemeralOwner());
    }
    Result result = process(new SetAcl("/ephemeral", Acl.READ, 0), SESSION).result();
    assertEquals(SESSION, ((Result.AclSet) result).stat().ephemeralOwner());
  }

  @Test
  void onlyASessionCanOwn() {
    Create ephemeral = create("/e", CreateMode.EPHEMERAL);
    for (long id : List.of(0L, Long.MIN_VALUE, -1L, 0xff00000000000001L)) {
      assertEquals(failed(Code.SESSIONEXPIRED), process(ephemeral, id));
    }
  }

  @Test
  void ttlNodesCanBeSwitchedOff() {
    WriteProcessor stock = new WriteProcessor(Limits.DEFAULT.withTtlNodes(false), null);
    assertEquals(failed(Code.UNIMPLEMENTED), process(stock, ttl("no-slash", 0), SESSION));
  }

  @Test
  void theServiceRemovesAContainerThatHadChildren() {
    ok(create("/c", CreateMode.CONTAINER));
    assertEquals(failed(Code.BADVERSION), process(new DeleteContainer("/c"), 0));
    ok(create("/c/x", CreateMode.PERSISTENT));
    assertEquals(failed(Code.NOTEMPTY), process(new DeleteContainer("/c"), 0));
    ok(new Delete("/c/x", -1));
    Verdict.Decided decided = process(new DeleteContainer("/c"), 0);
    assertEquals(new Result.Deleted(), decided.result());
    tree.apply(decided.changes());
    assertEquals(List.of("/zookeeper"), tree.children("/"));
  }

  @Test
  void theServiceRemovesATtlNodeWhenItsTimeIsOver() {
    ok(ttl("/t", 100));
    assertEquals(failed(Code.BADVERSION), process(new DeleteContainer("/t"), 0));
    ok(new SetData("/t", new byte[1], -1));
    zxid = 2;
    assertEquals(failed(Code.BADVERSION), process(new DeleteContainer("/t"), 0));
    zxid = 3;
    assertEquals(new Result.Deleted(), process(new DeleteContainer("/t"), 0).result());
  }

  @Test
  void theServiceRemovesNothingElse() {
    plant();
    assertEquals(failed(Code.BADVERSION), process(new DeleteContainer("/plain/child"), 0));
    assertEquals(failed(Code.BADVERSION), process(new DeleteContainer("/ephemeral"), 0));
  }

  @Test
  void aClientRemovesWhatItNames() {
    plant();
    for (String path : List.of("/container", "/ttl", "/plain/child", "/hidden/child")) {
      assertEquals(new Result.Deleted(), process(new DeleteContainer(path), SESSION).result());
    }
  }

  @Test
  void theSuperUserMayDoAnything() {
    plant();
    Credential admin = new Credential("digest", "super:admin".getBytes(StandardCharsets.UTF_8));
    WriteProcessor withSuper =
        new WriteProcessor(Limits.DEFAULT, "super:xQJmxLMiHGwaqBvst5y6rkB6HQs=");
    WriteContext ctx = new WriteContext(99, 0, SESSION, List.of(admin));
    Delete delete = new Delete("/hidden/child", -1);
    assertEquals(new Result.Deleted(), History.decide(withSuper, tree, delete, ctx).result());
    assertEquals(failed(Code.NOAUTH), History.decide(processor, tree, delete, ctx));
  }

  @Test
  void endedSessionsLeaveNothing() {
    ok(create("/p", CreateMode.PERSISTENT));
    ok(create("/p/mine", CreateMode.EPHEMERAL));
    ok(create("/p/plain", CreateMode.PERSISTENT));
    tree.apply(process(create("/p/his", CreateMode.EPHEMERAL), OTHER_SESSION).changes());
    Verdict verdict =
        processor.deleteEphemerals(
            tree, List.of("/p/his", "/p/mine", "/p/plain", "/p/gone", "odd/"), SESSION, 9);
    Verdict.Decided decided = (Verdict.Decided) verdict;
    assertEquals(
        List.of("DELETED /p/mine", "CHILDREN /p"),
        decided.changes().stream().map(c -> c.kind() + " " + c.path()).toList());
    tree.apply(decided.changes());
    assertEquals(new NodeStat(1, 1, 100, 100, 0, 4, 0, 0, 0, 2, 9), stat("/p"));
    assertThrows(
        IllegalArgumentException.class, () -> processor.deleteEphemerals(tree, List.of(), 0, 10));
  }

  @Test
  void whatIsNotKnownIsAskedForTogether() {
    TreeView nothing = path -> new TreeView.Lookup.Unknown();
    WriteContext ctx = new WriteContext(1, 0, SESSION, List.of());
    Multi multi =
        new Multi(
            List.of(
                create("/a/b", CreateMode.PERSISTENT),
                create("/c/s-", CreateMode.PERSISTENT_SEQUENTIAL),
                new Delete("/d/e", -1),
                new SetData("/f", new byte[0], -1),
                new Check("odd", -1)));
    Set<String> needed = Set.of("/a", "/a/b", "/c", "/d", "/d/e", "/f");
    assertEquals(needed, WriteProcessor.pathsNeeded(multi));
    assertEquals(new Verdict.Missing(needed), processor.process(nothing, multi, ctx));
    assertEquals(
        new Verdict.Missing(Set.of("/a", "/a/b")),
        processor.deleteEphemerals(nothing, List.of("/a/b"), SESSION, 1));
  }

  @Test
  void aChildOfANodeWithoutChildrenNeedsNoLook() {
    ok(create("/p", CreateMode.PERSISTENT));
    Set<String> asked = new HashSet<>();
    TreeView view =
        path -> {
          asked.add(path);
          return path.equals("/p") ? tree.node(path) : new TreeView.Lookup.Unknown();
        };
    WriteContext ctx = new WriteContext(9, 0, SESSION, List.of());
    Operation create = create("/p/s-", CreateMode.PERSISTENT_SEQUENTIAL);
    assertEquals(Code.OK, History.decide(processor, view, create, ctx).result().code());
    assertEquals(Set.of("/p", "/p/s-0000000000"), asked);
  }

  @Test
  void operationsOnSessionsAreNotForIt() {
    for (Operation operation :
        List.of(
            new Operation.CloseSession(),
            new Operation.CreateSession(1),
            new Operation.AttachSession(new byte[0], 1, 1, 1))) {
      assertThrows(IllegalArgumentException.class, () -> process(operation, SESSION));
    }
  }

  @Test
  void whatIsTooLargeIsRefusedAsAWhole() {
    WriteProcessor narrow = new WriteProcessor(new Limits(200, 4, 150, 20, 40, true), null);
    ok(create("/p", CreateMode.PERSISTENT));
    assertEquals(
        new Result.DataSet(new NodeStat(1, 2, 100, 200, 1, 0, 0, 0, 100, 0, 1)),
        process(narrow, new SetData("/p", new byte[100], -1), SESSION).result());
    assertEquals(
        failed(Code.MARSHALLINGERROR),
        process(narrow, new SetData("/p", new byte[199], -1), SESSION));
    assertEquals(
        failed(Code.MARSHALLINGERROR),
        process(narrow, new SetData("/p", new byte[149], -1), SESSION));
    Create deep = create("/p/b", CreateMode.PERSISTENT);
    assertEquals(
        failed(Code.MARSHALLINGERROR),
        process(
            narrow,
            new Multi(
                List.of(
                    deep,
                    create("/p/c", CreateMode.PERSISTENT),
                    create("/p/d", CreateMode.PERSISTENT),
                    create("/p/e", CreateMode.PERSISTENT))),
            SESSION));
    assertEquals(Code.OK, process(narrow, new Multi(List.of(deep)), SESSION).result().code());
  }

  @Test
  void whatCouldNotBeANodeIsRefusedByWhatIsWrongWithIt() {
    WriteProcessor narrow = new WriteProcessor(new Limits(1_000, 4, 1_000, 20, 40, true), null);
    String name = "/" + "\u00e4".repeat(10);
    assertEquals(
        failed(Code.BADARGUMENTS), process(narrow, create(name, CreateMode.PERSISTENT), SESSION));
    assertEquals(failed(Code.NONODE), process(narrow, new SetData(name, new byte[0], -1), SESSION));
    List<Acl> large = List.of(new Acl(1, "digest", "x:" + "y".repeat(40)));
    assertEquals(failed(Code.INVALIDACL), process(narrow, create("/x", large), SESSION));
    assertEquals(failed(Code.INVALIDACL), process(narrow, new SetAcl("/", large, -1), SESSION));
  }

  @Test
  void theRandomOperationsReachEveryAnswer() {
    Set<Code> codes = EnumSet.noneOf(Code.class);
    Set<Class<?>> results = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (History.Step step : History.of(seed, processor)) {
        Result result = step.decided().result();
        results.add(result.getClass());
        codes.add(result.code());
        if (result instanceof Result.MultiResult multi) {
          multi.results().forEach(r -> codes.add(r.code()));
        }
      }
    }
    assertEquals(
        EnumSet.of(
            Code.OK,
            Code.NONODE,
            Code.NODEEXISTS,
            Code.NOAUTH,
            Code.INVALIDACL,
            Code.BADARGUMENTS,
            Code.BADVERSION,
            Code.NOTEMPTY,
            Code.NOCHILDRENFOREPHEMERALS,
            Code.SESSIONEXPIRED,
            Code.RUNTIMEINCONSISTENCY),
        codes);
    assertEquals(
        Set.of(
            Result.Failed.class,
            Result.Created.class,
            Result.Deleted.class,
            Result.DataSet.class,
            Result.AclSet.class,
            Result.MultiResult.class),
        results);
  }

  private static Arguments failure(Operation operation, Code code) {
    return Arguments.of(operation, code);
  }

  private static Create create(String path, CreateMode mode) {
    return new Create(path, new byte[0], Acl.OPEN, mode, 0);
  }

  private static Create create(String path, List<Acl> acl) {
    return new Create(path, new byte[0], acl, CreateMode.PERSISTENT, 0);
  }

  private static Create ttl(String path, long millis) {
    return new Create(path, new byte[0], Acl.OPEN, CreateMode.PERSISTENT_WITH_TTL, millis);
  }

  private static Verdict.Decided failed(Code code) {
    return new Verdict.Decided(new Result.Failed(code), List.of());
  }

  /** Decides without applying, at the present zxid, a hundred times as many milliseconds. */
  private Verdict.Decided process(WriteProcessor by, Operation operation, long sessionId) {
    WriteContext ctx = new WriteContext(zxid + 1, 100 * (zxid + 1), sessionId, List.of());
    return History.decide(by, tree, operation, ctx);
  }

  private Verdict.Decided process(Operation operation, long sessionId) {
    return process(processor, operation, sessionId);
  }

  private Verdict.Decided ok(Operation operation) {
    Verdict.Decided decided = process(operation, SESSION);
    assertEquals(Code.OK, decided.result().code(), operation::toString);
    tree.apply(decided.changes());
    zxid++;
    return decided;
  }

  private NodeStat stat(String path) {
    return tree.meta(path).stat();
  }
}
