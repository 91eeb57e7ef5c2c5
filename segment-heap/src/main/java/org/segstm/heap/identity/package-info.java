/** Identity of objects: hashes that were given to them, or that are made of the place where they stay. */
package org.segstm.heap.identity;
