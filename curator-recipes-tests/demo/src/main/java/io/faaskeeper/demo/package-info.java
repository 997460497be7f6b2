/**
 * The launcher around the demo application: starts a deployment, says to the JVM that ZooKeeper
 * handles lead there, lets the application run, and shows what happened and what it cost.
 */
@NullMarked
package io.faaskeeper.demo;

import org.jspecify.annotations.NullMarked;
