/** System calls and raw memory; knows nothing of objects. */
package org.segstm.bridge;
