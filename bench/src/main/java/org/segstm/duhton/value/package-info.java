/** Values: tagged words, and objects in the heap with the operations on them. */
package org.segstm.duhton.value;
