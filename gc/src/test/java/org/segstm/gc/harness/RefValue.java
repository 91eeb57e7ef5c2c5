package org.segstm.gc.harness;

/** A ref, null or an immediate that a script names or makes. */
@FunctionalInterface
interface RefValue {
    long of(Play play, Actor actor);
}
