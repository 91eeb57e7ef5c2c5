/** The {@code duhton} command: options, files, the interactive session, statistics. */
package org.segstm.duhton.cli;
