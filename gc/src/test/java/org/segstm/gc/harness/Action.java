package org.segstm.gc.harness;

/** What a statement does. */
@FunctionalInterface
interface Action {
    void run(Play play);
}
