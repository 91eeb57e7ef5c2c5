/** What a compiler of a language VM needs: barrier placement, inlined barriers, call-site linking. */
package org.segstm.jit;
