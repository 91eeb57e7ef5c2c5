/** What inevitable transactions cost the others. */
package org.segstm.bench.inevitable;
