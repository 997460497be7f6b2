package io.faaskeeper.model;

/** The binary form of what a record of the log, a push and an item of storage have in common. */
final class ValueCodec {
  private ValueCodec() {}

  static void node(ByteWriter w, NodeChange c) {
    w.text(c.path()).member(c.kind());
    stat(w, c.stat());
    w.fixed(c.childSum());
    w.optional(c.acl(), (x, acl) -> x.list(acl, ValueCodec::acl));
    w.optional(c.data(), ByteWriter::bytes);
  }

  static NodeChange node(ByteReader r) {
    return new NodeChange(
        r.text(),
        r.member(NodeChange.Kind.values()),
        stat(r),
        r.fixed(),
        r.optional(x -> x.list(ValueCodec::acl)),
        r.optional(ByteReader::bytes));
  }

  static void session(ByteWriter w, SessionState s) {
    w.fixed(s.id()).number(s.touched()).member(s.status()).number(s.timeoutMillis());
    w.text(s.process())
        .number(s.epoch())
        .fixed(s.token())
        .number(s.opened())
        .number(s.lastSeq())
        .number(s.lastRecord());
  }

  static SessionState session(ByteReader r) {
    return new SessionState(
        r.fixed(),
        r.number(),
        r.member(SessionState.Status.values()),
        r.int32(),
        r.text(),
        r.int32(),
        r.fixed(),
        r.number(),
        r.number(),
        r.number());
  }

  static void event(ByteWriter w, MailboxEvent e) {
    w.number(e.index()).member(e.kind()).text(e.path());
    w.optional(e.acl(), (x, acl) -> x.list(acl, ValueCodec::acl));
  }

  static MailboxEvent event(ByteReader r) {
    return new MailboxEvent(
        r.int32(),
        r.member(MailboxEvent.Kind.values()),
        r.text(),
        r.optional(x -> x.list(ValueCodec::acl)));
  }

  static void acl(ByteWriter w, Acl a) {
    w.number(a.perms()).text(a.scheme()).text(a.id());
  }

  static Acl acl(ByteReader r) {
    return new Acl(r.int32(), r.text(), r.text());
  }

  static void stat(ByteWriter w, NodeStat s) {
    w.number(s.czxid()).number(s.mzxid()).number(s.ctime()).number(s.mtime());
    w.number(s.version()).number(s.cversion()).number(s.aversion()).number(s.ephemeralOwner());
    w.number(s.dataLength()).number(s.numChildren()).number(s.pzxid());
  }

  static NodeStat stat(ByteReader r) {
    return new NodeStat(
        r.number(),
        r.number(),
        r.number(),
        r.number(),
        r.int32(),
        r.int32(),
        r.int32(),
        r.number(),
        r.int32(),
        r.int32(),
        r.number());
  }
}
