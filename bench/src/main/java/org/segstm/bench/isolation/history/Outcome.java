package org.segstm.bench.isolation.history;

import java.util.Locale;

/** What became of an attempt. */
public enum Outcome {
    /** Its writes count. */
    COMMITTED,
    /** It must have seen one snapshot; nobody may see its writes. */
    ABORTED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
