/** What all commands share: child JVMs, facts about the machine, tables and JSON. */
package org.segstm.bench.tool;
