/**
 * The isolation checker: records histories of real runs with threads and checks that every transaction, committed or
 * aborted, saw one consistent snapshot, and that there is a serial order of all of them that respects real time.
 */
package org.segstm.bench.isolation;
