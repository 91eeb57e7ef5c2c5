/** Which objects exist: enumeration, and a histogram per layout. */
package org.segstm.gc.census;
