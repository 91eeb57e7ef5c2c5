/** Clojure's refs, called without its compiler between: a {@code Ref} for each cell and bucket. */
package org.segstm.bench.compare.peer.clojure;
