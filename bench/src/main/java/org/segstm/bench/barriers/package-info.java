/** What compiled Duhton programs execute for the heap's sake, what that costs, and how soon they are fast. */
package org.segstm.bench.barriers;
