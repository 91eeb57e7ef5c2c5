package org.segstm.bench.soak;

import org.segstm.heap.Mutator;

import java.util.Random;

/** A structure of bounded size in which transactions replace objects by new ones, for as long as one likes. */
interface Churn {
    /** Makes the structure, in one transaction. */
    void fill(Mutator mutator);

    /** One transaction: checks what it replaces. The random sequence is the same for each attempt. */
    void step(Mutator mutator, Random random);
}
