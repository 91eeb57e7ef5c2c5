/** The soak test: programs that allocate for as long as one likes, while memory is watched. */
package org.segstm.bench.soak;
