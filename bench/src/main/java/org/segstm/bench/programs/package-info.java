/**
 * Duhton programs at the sizes at which STMGC's interpreters were measured, and at larger ones: seconds beside the
 * published ones, ratios against targets, and memory.
 */
package org.segstm.bench.programs;
