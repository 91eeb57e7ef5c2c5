package org.segstm.bridge;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Mappings of this process that nobody uses, held so that there are some to give back when all that the kernel allows
 * ({@link Platform#maxMapCount()}) are in use: the JVM ends the process when it finds none for its own needs, like
 * thread stacks and compiled code. They take address space and no memory. Safe for use by many threads.
 */
public final class MappingReserve implements AutoCloseable {
    /** Every other page is accessible, so that the kernel needs a mapping for each page. */
    private static final int STRIDE_PAGES = 2;

    private final Reservation pages;
    private final long mappings;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private MappingReserve(final Reservation pages, final long mappings) {
        this.pages = pages;
        this.mappings = mappings;
    }

    /**
     * Takes mappings. A call to the system for every other one, about a microsecond each.
     *
     * @param mappings how many, at least 1.
     * @return the reserve.
     * @throws NativeCallException when the system refuses; then none are held.
     */
    public static MappingReserve hold(final long mappings) {
        Refusals.rehearse();
        if (mappings < 1) {
            throw new IllegalArgumentException("must be at least 1: mappings=" + mappings);
        }
        final long pageBytes = Platform.pageBytes();
        // An odd number, so that both ends are inaccessible.
        final long bytes = (mappings | 1) * pageBytes;
        final Reservation pages = Reservation.reserve(bytes, pageBytes);
        final MappingReserve reserve = new MappingReserve(pages, mappings | 1);
        try {
            for (long offset = pageBytes; offset < bytes; offset += STRIDE_PAGES * pageBytes) {
                pages.mapAnonymous(offset, pageBytes);
            }
            return reserve;
        } catch (final NativeCallException e) {
            reserve.release();
            throw e;
        }
    }

    /** How many mappings were taken. */
    public long mappings() {
        return mappings;
    }

    /**
     * Gives the mappings back. Needs none itself: works where the system refuses any other mapping.
     *
     * @return false when they were given back before.
     */
    public boolean release() {
        if (!held.compareAndSet(true, false)) {
            return false;
        }
        pages.closeInnerFirst();
        return true;
    }

    /** Gives the mappings back, unless that has been done. */
    @Override
    public void close() {
        release();
    }

    /**
     * What the JVM loads and links to make an exception of a refused call may need a mapping itself. So it is made to
     * do that while there are some.
     */
    private static final class Refusals {
        private static final long NOTHING = 0;

        static {
            refuse(() -> SystemCalls.map(NOTHING, NOTHING, LibC.PROT_NONE, 0, 0, NOTHING));
            refuse(() -> SystemCalls.remapFilePages(NOTHING, NOTHING, NOTHING));
        }

        private Refusals() {
        }

        /** Once for all: by the initialisation of this class. */
        static void rehearse() {
        }

        private static void refuse(final Runnable call) {
            try {
                call.run();
            } catch (final NativeCallException e) {
                return;
            }
            throw new IllegalStateException("the system must refuse to map nothing");
        }
    }
}
