/** Finds out in major collections, and for objects that die young at commits, whose finalizers have their turn. */
package org.segstm.gc.finalization;
