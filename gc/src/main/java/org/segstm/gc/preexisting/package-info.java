/** Objects that seem to have existed all the time: made inside of a transaction, seen by all views at once. */
package org.segstm.gc.preexisting;
