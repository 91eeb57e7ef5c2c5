/** The old space and its collectors, minor and major; weak references, destructors, finalizers, preexisting objects. */
package org.segstm.gc;
