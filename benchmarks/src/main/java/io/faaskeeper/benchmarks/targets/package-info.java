/**
 * What the benchmarks run on: real ZooKeeper servers and FaaSKeeper, each started and ended here.
 */
@NullMarked
package io.faaskeeper.benchmarks.targets;

import org.jspecify.annotations.NullMarked;
