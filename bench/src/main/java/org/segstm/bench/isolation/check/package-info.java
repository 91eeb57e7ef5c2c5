/**
 * Decides whether histories are strictly serializable and opaque, exactly and in near-linear time.
 *
 * <p>After Adya (Weak Consistency, MIT 1999): attempts are nodes; there is an edge from who wrote a version to who read
 * it (wr) or overwrote it (ww), and from who read a version to who overwrote it (rw). Every write names the version it
 * replaces, so the order of versions is known and not guessed, and the check is exact. An aborted attempt is a node
 * that only reads. Order in real time adds edges through a chain of time nodes, two per attempt instead of one per pair
 * of attempts. The history is as promised exactly when there is no cycle.
 *
 * <p>A run is cut into rounds, between which no transaction runs: a round starts from the last versions of the one
 * before, so memory does not grow with the length of a run and nothing is lost.
 */
package org.segstm.bench.isolation.check;
