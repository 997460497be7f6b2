/**
 * What the service and the client need of the outside, as asynchronous interfaces: log, watermark,
 * nodes, sessions, mailbox, processes, queue, channel, clock. Each states what it guarantees; the
 * contract tests check just that on every implementation.
 */
@NullMarked
package io.faaskeeper.port;

import org.jspecify.annotations.NullMarked;
