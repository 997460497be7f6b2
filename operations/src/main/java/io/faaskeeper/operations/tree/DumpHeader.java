package io.faaskeeper.operations.tree;

/**
 * The first line of a dump.
 *
 * @param source where the tree came from, for people
 * @param path the node that it begins with
 * @param time when it was begun, ISO 8601
 * @param modes whether the source tells containers and TTL nodes from persistent ones
 */
record DumpHeader(String source, String path, String time, boolean modes) {}
