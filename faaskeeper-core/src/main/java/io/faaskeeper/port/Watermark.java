package io.faaskeeper.port;

/**
 * The applied watermark, as a value.
 *
 * @param record every record up to this one is in user storage and its events are in the mailboxes;
 *     0 before the first
 * @param zxid the last zxid of that record
 * @param generation the generation of the recursive watches
 * @param heartbeat whether the heartbeat is switched on
 */
public record Watermark(long record, long zxid, long generation, boolean heartbeat) {}
