package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.zookeeper.gateway.monitor.FourLetterWords;
import io.faaskeeper.zookeeper.gateway.monitor.GatewayStats;

/**
 * What all connections of a gateway share.
 *
 * @param runtime holds their sessions
 * @param memory what they hold in all
 */
public record GatewayContext(
    ClientRuntime runtime,
    ConnectionLimits limits,
    ConnectionTable table,
    SharedMemory memory,
    GatewayStats stats,
    FourLetterWords words,
    Clock clock,
    Scheduler scheduler) {}
