/** The minor collection: evacuates one segment's nursery, and allocates young objects outside it. */
package org.segstm.gc.minor;
