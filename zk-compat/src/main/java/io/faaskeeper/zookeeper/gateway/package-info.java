/**
 * The gateway: ZooKeeper's wire protocol over TCP, on the protocol session that the transport uses,
 * too. {@link io.faaskeeper.zookeeper.gateway.Gateway} is it, {@link
 * io.faaskeeper.zookeeper.gateway.GatewayMain} its program.
 *
 * <p>One gateway is one client process of the deployment: it holds the lease for the sessions of
 * its clients. A client that comes from another gateway attaches its session here, which takes it
 * over; so a gateway may be stopped, or killed, at any time.
 *
 * <p>Bounds. Of one connection, up to 1,000 requests (or 16 MiB of them, or those whose answers may
 * come to 32 MiB) are under way; then nothing is read until answers went out. Neither is while more
 * than 1 MiB waits to be taken by the client. A connection ends when it has asked for no session
 * within 10 s, when its session falls silent, when the client takes nothing of what is sent to it
 * for as long as its session's timeout, or when 64 MiB wait for it; and when what it sends is no
 * packet. Each of these ends that connection alone.
 *
 * <p>A packet is handled on the event loop of its connection. What was read together is answered by
 * one write.
 */
@NullMarked
package io.faaskeeper.zookeeper.gateway;

import org.jspecify.annotations.NullMarked;
