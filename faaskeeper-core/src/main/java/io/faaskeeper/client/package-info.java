/**
 * The client library: the lease of a process, its sessions, their order, view, mailbox and watches.
 * Knows ZooKeeper's semantics, but not its wire protocol.
 */
@NullMarked
package io.faaskeeper.client;

import org.jspecify.annotations.NullMarked;
