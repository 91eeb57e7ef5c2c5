/** How long collections make mutators stand still, by size of the live memory: {@code segstm pauses}. */
package org.segstm.bench.pauses;
