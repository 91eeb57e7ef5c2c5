/** The collectors: minor, reshare and major; weak references, finalizers and identity. */
package org.segstm.gc;
