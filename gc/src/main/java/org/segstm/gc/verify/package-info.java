/** The heap verifier: walks everything that can be reached, and explains the first broken ref by its path. */
package org.segstm.gc.verify;
