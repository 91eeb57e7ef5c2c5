package org.segstm.gc.harness;

import org.segstm.heap.Mutator;

import java.util.LinkedHashMap;
import java.util.Map;

/** A mutator of a script. Its variables are roots: each has a place on the shadow stack. */
final class Actor {
    private final Mutator mutator;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private boolean parked;

    Actor(final Mutator mutator) {
        this.mutator = mutator;
    }

    Mutator mutator() {
        return mutator;
    }

    void park() {
        if (mutator.inTransaction() && !parked) {
            mutator.park();
            parked = true;
        }
    }

    void unpark() {
        if (parked) {
            parked = false;
            mutator.unpark();
        }
    }

    long variable(final Line line, final String name) {
        final Integer place = places.get(name);
        if (place == null) {
            throw line.wrong("mutator " + mutator.name() + " has no variable " + name);
        }
        return mutator.root(place);
    }

    void setVariable(final String name, final long value) {
        final Integer place = places.get(name);
        if (place == null) {
            places.put(name, mutator.rootDepth());
            mutator.push(value);
        } else {
            mutator.setRoot(place, value);
        }
    }

    /** After an abort the variables are gone that the transaction made. */
    void forgetLostVariables() {
        places.values().removeIf(place -> place >= mutator.rootDepth());
    }
}
