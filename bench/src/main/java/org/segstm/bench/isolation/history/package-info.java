/** What threads record while they run: attempts of transactions, the versions they read and wrote, order in time. */
package org.segstm.bench.isolation.history;
