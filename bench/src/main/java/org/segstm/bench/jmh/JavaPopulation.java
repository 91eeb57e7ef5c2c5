package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/** The same objects as those of {@link Population}, in Java. */
@State(Scope.Thread)
public class JavaPopulation {
    private static final long SEED = 7;

    JavaNode[] objects;
    JavaNode[] farObjects;
    JavaNode list;
    JavaNode tree;
    byte[] smallArray;
    byte[] largeArray;
    int position;

    /** Makes the objects. */
    @Setup(Level.Trial)
    public void make() {
        objects = JavaNode.array(Population.OBJECTS);
        farObjects = JavaNode.array(Population.FAR_OBJECTS);
        Collections.shuffle(Arrays.asList(farObjects), new Random(SEED));
        list = JavaNode.list(Population.LIST_NODES);
        tree = JavaNode.tree(Population.TREE_DEPTH);
        smallArray = new byte[(int) Population.SMALL_ARRAY_BYTES];
        largeArray = new byte[(int) Population.LARGE_ARRAY_BYTES];
    }

    /** First of the next {@link Population#OBJECTS} far objects. */
    int next() {
        final int first = position;
        position = first + 2 * Population.OBJECTS > Population.FAR_OBJECTS ? 0 : first + Population.OBJECTS;
        return first;
    }
}
