/** Page sharing: which views have a page of their own, and the strategies that give them one. */
package org.segstm.heap.sharing;
