/**
 * An application as anybody writes one with Apache Curator: it imports Curator and ZooKeeper and
 * nothing of FaaSKeeper, and is compiled with nothing else on its class path. What it runs on is
 * decided by its connect string and by how its JVM was started.
 */
@NullMarked
package demoapp;

import org.jspecify.annotations.NullMarked;
