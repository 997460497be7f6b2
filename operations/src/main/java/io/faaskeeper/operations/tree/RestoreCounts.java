package io.faaskeeper.operations.tree;

/**
 * What became of the nodes of a dump.
 *
 * @param created that were not there
 * @param overwritten that were there, and got data and ACL of the dump
 * @param skipped that were there, and stayed as they were
 */
record RestoreCounts(long created, long overwritten, long skipped) {}
