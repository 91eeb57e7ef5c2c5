package org.segstm.jit.profile;

import java.util.List;

/**
 * Layouts that a place in the code has met.
 *
 * @param seen   the most frequent first; counts are rough.
 * @param others how often it was none of them.
 */
public record TypeFeedback(List<Seen> seen, long others) {
    /**
     * Keeps a copy of the list.
     *
     * @param seen   see there.
     * @param others see there.
     */
    public TypeFeedback {
        seen = List.copyOf(seen);
    }

    /**
     * Has only one layout been met?
     *
     * @return true when code for it alone is worth its guard.
     */
    public boolean isMonomorphic() {
        return seen.size() == 1 && others == 0;
    }

    /**
     * A layout and how often it was met.
     *
     * @param layoutId its id, 0 for what is no object.
     * @param count    roughly.
     */
    public record Seen(int layoutId, int count) {
    }
}
