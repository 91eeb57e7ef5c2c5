package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;

/**
 * What a program is given by the thread that runs it.
 *
 * @param session of the thread.
 * @param round   that tells when time is up.
 * @param index   of the thread, from 0.
 */
public record Place(Session session, Round round, int index) {
}
