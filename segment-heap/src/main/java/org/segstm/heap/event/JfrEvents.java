package org.segstm.heap.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The kinds of event that the JDK's flight recorder gets. */
final class JfrEvents {
    private static final String CATEGORY = "SegSTM";

    private JfrEvents() {
    }

    /** From begin to commit or rollback. */
    @Name("org.segstm.Transaction")
    @Label("Transaction")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Transaction extends Event {
        @Label("Mutator")
        String mutator;
        @Label("Outcome")
        String outcome;
        @Label("Inevitable")
        @Description("Why the transaction became inevitable, if it did")
        String inevitable;
    }

    /** Waiting, for whatever cause. */
    @Name("org.segstm.Wait")
    @Label("Wait")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Wait extends Event {
        @Label("Mutator")
        String mutator;
        @Label("Cause")
        String cause;
    }

    /** Collection of one nursery. */
    @Name("org.segstm.MinorCollection")
    @Label("Minor Collection")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class MinorCollection extends Event {
        @Label("Mutator")
        String mutator;
    }

    /** A reshare or major collection, told at its end. */
    @Name("org.segstm.Collection")
    @Label("Collection")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Collection extends Event {
        @Label("Kind")
        String kind;
        @Label("Cause")
        String cause;
        @Label("Pause")
        @Timespan
        long pause;
    }

    /** Both sides of a conflict. */
    @Name("org.segstm.Conflict")
    @Label("Conflict")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class Conflicted extends Event {
        @Label("Object")
        String object;
        @Label("Victim")
        String victim;
        @Label("Victim's Location")
        String victimLocation;
        @Label("Writer")
        String writer;
        @Label("Writer's Location")
        String writerLocation;
        @Label("Time Lost")
        @Timespan
        long lost;
    }
}
