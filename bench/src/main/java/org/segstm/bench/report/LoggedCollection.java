package org.segstm.bench.report;

/**
 * A reshare or major collection.
 *
 * @param begin in nanoseconds since the log began.
 * @param end   in nanoseconds since the log began.
 * @param kind  of collection.
 * @param cause of it.
 */
public record LoggedCollection(long begin, long end, String kind, String cause) {
}
