package org.segstm.heap.event;

/**
 * Layout of an event log, big-endian; text is that of {@link java.io.DataOutput#writeUTF}.
 *
 * <pre>
 *  header   magic 8 | version 4 | start, ms since 1970, 8
 *           kinds:      count 1, { name text, number of arguments 1 }
 *           activities: count 1, { title text }
 *           causes:     count 1, { name text }
 *           decisions:  count 1, { name text }
 *  chunk    type 1 | bytes of payload 4 | payload
 *
 *  MUTATOR     number 4 | attached 8 | name text
 *  EVENTS      number 4 | base 8 | { kind 1, nanoseconds since the event before, arguments }, varints
 *  NAME        table 1 | id 8 | text
 *  CONFLICT    time 8 | victim 4 | writer 4 | layout 4 | card ref 8 | writer's location 8 | victim's 8 | lost 8
 *              | object ref 8 | card number, or -1, 8 | cause 1
 *  COLLECTION  begin 8 | end 8 | kind text | cause text
 *  HEAP        settings text
 *  END         time 8
 * </pre>
 *
 * <p>Times are nanoseconds since the start of the log. A varint has seven bits in a byte, the lowest first; the highest
 * bit of a byte tells that more follow. Chunks of one mutator are in order of time; those of different mutators are
 * not. Nothing follows END; a file without it was cut off, and up to a second of each mutator is missing.
 * A reader skips chunks of an unknown type, and what follows the known fields in one.
 *
 * <p>A mutator's first event is the activity that it was attached in; each activity lasts until the next begins, the
 * last one until the end of the log. Time before a mutator was attached is outside of transactions. What
 * {@link Activity#RUN} and {@link Activity#ROLLBACK} have taken counts for the next {@link EventKind#COMMITTED} or
 * {@link EventKind#ABORTED}, and {@link Activity#BACK_OFF} for the last abort. A
 * name comes before its first use: numbers of mutators from 1, locations from 1, 0 stands for unknown. A conflict whose
 * writer or location is not known has 0 there.
 */
public final class EventFormat {
    /** First eight bytes: "SEGSTMEV". */
    public static final long MAGIC = 0x53454753_544D4556L;
    /** Version of the layout. */
    public static final int VERSION = 1;
    /** Chunk: a mutator and its name. */
    public static final int MUTATOR = 1;
    /** Chunk: events of a mutator. */
    public static final int EVENTS = 2;
    /** Chunk: text of a layout, location or reason. */
    public static final int NAME = 3;
    /** Chunk: a conflict. */
    public static final int CONFLICT = 4;
    /** Chunk: a reshare or major collection. */
    public static final int COLLECTION = 5;
    /** Chunk: the log was closed. */
    public static final int END = 6;
    /** Chunk: a heap writes to this log. */
    public static final int HEAP = 7;
    /** Table of names: layouts. */
    public static final int LAYOUTS = 0;
    /** Table of names: locations. */
    public static final int LOCATIONS = 1;
    /** Table of names: why transactions became inevitable. */
    public static final int REASONS = 2;
    /** Most bytes of a chunk's payload. */
    public static final int MAXIMUM_CHUNK_BYTES = 1 << 20;

    private EventFormat() {
    }
}
