/** Shows what an event log says: as text, as JSON and as a page. */
package org.segstm.bench.report.show;
