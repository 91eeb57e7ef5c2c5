/** What mutators did and when: the kinds of event, and the file that they are written to while the program runs. */
package org.segstm.heap.event;
