/** ScalaSTM: a {@code Ref} for each cell, the transaction handed on explicitly, as its Scala idiom does. */
package org.segstm.bench.compare.peer.scalastm;
