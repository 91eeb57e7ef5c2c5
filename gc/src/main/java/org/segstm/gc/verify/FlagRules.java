package org.segstm.gc.verify;

import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.View;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.FLAGS_MASK;
import static org.segstm.heap.layout.ObjectHeader.FORWARDED;
import static org.segstm.heap.layout.ObjectHeader.HAS_IDENTITY;
import static org.segstm.heap.layout.ObjectHeader.IN_WRITE_SET;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.OVERFLOW;
import static org.segstm.heap.layout.ObjectHeader.REACHED;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/** What the flags of an object and the write marks of its cards must tell. A problem, or null when there is none. */
final class FlagRules {
    private static final int PASSING = FORWARDED | REACHED;

    private FlagRules() {
    }

    /** A committed object, in the view of a segment or, without one, in the base. */
    static String problemOfCommitted(
        final WordView view, final long ref, final ObjectLayout layout, final long size, final InFlight writer) {
        final int flags = flagsOf(view, ref);
        if ((view.header(ref) & HAS_IDENTITY) != 0) {
            return "a committed object has the flag HAS_IDENTITY" + ObjectRules.in(view);
        }
        final boolean multiCard = layout.isMultiCard(size);
        final boolean written = writer != null && !multiCard && writer.isWritten(ref);
        final int wrong = flags & (PASSING | OVERFLOW | YOUNG_OUTSIDE | (written ? 0 : IN_WRITE_SET));
        if (wrong != 0) {
            return "a committed object has the flag " + nameOf(wrong) + ObjectRules.in(view);
        }
        if (written && (flags & IN_WRITE_SET) == 0) {
            return "in the write set without its flag" + ObjectRules.in(view);
        }
        if ((flags & WRITE_BARRIER) == 0 && !written) {
            return "no write barrier flag, but not in the write set" + ObjectRules.in(view);
        }
        if (multiCard != ((flags & MULTI_CARD) != 0)) {
            return problemOfMultiCard(view, multiCard);
        }
        if (written) {
            final String problem = writer.problemOfRule(ref, layout);
            return problem == null ? null : problem + ObjectRules.in(view);
        }
        return multiCard && view.segment() != null
            ? problemOfCards(view.segment(), ref, layout, size, writer, false) : null;
    }

    /** An object of the running transaction, or in no-STM mode any. */
    static String problemOfOwn(
        final WordView view, final long ref, final ObjectLayout layout, final long size, final InFlight own) {
        final int flags = flagsOf(view, ref);
        if (own.isYoungStart(ref) || own.isYoungOutside(ref)) {
            final int expected = own.isYoungStart(ref) ? 0 : YOUNG_OUTSIDE;
            return flags == expected ? problemOfIdentity(view, ref, own)
                : "a young object has the flags 0x" + Integer.toHexString(flags) + ", not 0x"
                    + Integer.toHexString(expected) + ObjectRules.in(view);
        }
        final int wrong = flags & (PASSING | IN_WRITE_SET | YOUNG_OUTSIDE | (view.segment().isSerial() ? OVERFLOW : 0));
        if (wrong != 0) {
            return "a promoted object has the flag " + nameOf(wrong) + ObjectRules.in(view);
        }
        final boolean multiCard = layout.isMultiCard(size);
        if (multiCard != ((flags & MULTI_CARD) != 0)) {
            return problemOfMultiCard(view, multiCard);
        }
        if ((flags & WRITE_BARRIER) == 0 && (multiCard || layout.hasRefs() && !own.isRemembered(ref))) {
            return "no write barrier flag, but not remembered" + ObjectRules.in(view);
        }
        return multiCard ? problemOfCards(view.segment(), ref, layout, size, own, true) : null;
    }

    /** The place that is reserved for a young object looks like a young object outside the nursery. */
    private static String problemOfIdentity(final WordView view, final long ref, final InFlight own) {
        if ((view.header(ref) & HAS_IDENTITY) == 0) {
            return null;
        }
        final long identity = own.isYoungStart(ref) ? own.segment().collector().identityOf(ref) : 0;
        return own.isYoungOutside(identity) ? null
            : "the place reserved for it is not: identity=0x" + Long.toHexString(identity) + ObjectRules.in(view);
    }

    /** An object that is not young holds the ref of a young one: the next minor collection has to know. */
    static String problemOfYoungRef(
        final WordView view, final long ref, final ObjectLayout layout, final long size, final long offset) {
        final boolean known = layout.isMultiCard(size)
            ? view.segment().cardMark(ref + (offset & -BYTES_IN_CARD)) == View.CARD_REMEMBERED
            : (flagsOf(view, ref) & WRITE_BARRIER) == 0;
        return known ? null : "a young object is stored without the write barrier" + ObjectRules.in(view);
    }

    private static String problemOfMultiCard(final WordView view, final boolean multiCard) {
        return (multiCard ? "has several cards, but not the flag" : "has one card, but the flag of several")
            + ObjectRules.in(view);
    }

    private static String problemOfCards(
        final Segment segment, final long ref, final ObjectLayout layout, final long size, final InFlight writer,
        final boolean own) {
        for (long offset = 0; offset < size; offset += BYTES_IN_CARD) {
            final byte mark = segment.cardMark(ref + offset);
            final boolean written = writer != null && writer.isWritten(ref + offset);
            if (mark != View.CARD_CLEAN && !written && !(own && mark == View.CARD_REMEMBERED)) {
                return "card at " + offset + " has the write mark " + mark + ", but is not in the write set (in "
                    + segment + ')';
            }
            if (mark == View.CARD_CLEAN && written) {
                return "card at " + offset + " is in the write set without a write mark (in " + segment + ')';
            }
            final String problem = written ? writer.problemOfRule(ref + offset, layout) : null;
            if (problem != null) {
                return "card at " + offset + " is " + problem + " (in " + segment + ')';
            }
        }
        return null;
    }

    private static int flagsOf(final WordView view, final long ref) {
        return (int) view.header(ref) & FLAGS_MASK;
    }

    private static String nameOf(final int flags) {
        switch (Integer.lowestOneBit(flags)) {
            case IN_WRITE_SET:
                return "IN_WRITE_SET";
            case OVERFLOW:
                return "OVERFLOW";
            case FORWARDED:
                return "FORWARDED";
            case YOUNG_OUTSIDE:
                return "YOUNG_OUTSIDE";
            default:
                return "REACHED";
        }
    }
}
