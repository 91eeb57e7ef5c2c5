/**
 * The neutral interface of all that is compared: cells that hold a number each, a map, and steps that run as
 * transactions over them. A sub-package for each party.
 */
package org.segstm.bench.compare.peer;
