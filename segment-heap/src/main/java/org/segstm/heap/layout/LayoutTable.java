package org.segstm.heap.layout;

import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.HeapContext;

import java.util.Arrays;

/** The layouts of one heap, by id. Registration is rare and locked, look-up is a plain array load. */
public final class LayoutTable {
    private volatile ObjectLayout[] layouts = new ObjectLayout[1];

    /**
     * Registers a layout under the next id.
     *
     * @param builder that declares it.
     * @return the layout.
     */
    public synchronized ObjectLayout register(final ObjectLayout.Builder builder) {
        final int id = layouts.length;
        final ObjectLayout layout = builder.build(id);
        final ObjectLayout[] grown = Arrays.copyOf(layouts, id + 1);
        grown[id] = layout;
        layouts = grown;
        return layout;
    }

    /**
     * Layout of an id found in a header.
     *
     * @param id from 1.
     * @return the layout.
     * @throws CheckedAccessException in checked mode, when there is none.
     */
    public ObjectLayout get(final int id) {
        if (HeapContext.isChecked() && find(id) == null) {
            throw new CheckedAccessException("header without a registered layout: layoutId=" + id);
        }
        return layouts[id];
    }

    /**
     * Like {@link #get}, but null for an id that no header can have.
     *
     * @param id any number.
     * @return the layout or null.
     */
    public ObjectLayout find(final int id) {
        final ObjectLayout[] current = layouts;
        return id > 0 && id < current.length ? current[id] : null;
    }
}
