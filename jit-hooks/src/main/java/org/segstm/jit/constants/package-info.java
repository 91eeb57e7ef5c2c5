/** Refs in compiled code: {@link org.segstm.jit.constants.CodeConstants}. */
package org.segstm.jit.constants;
