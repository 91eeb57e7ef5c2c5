/** How soon a transaction that waits for a change wakes, and what it costs while it sleeps. */
package org.segstm.bench.retry;
