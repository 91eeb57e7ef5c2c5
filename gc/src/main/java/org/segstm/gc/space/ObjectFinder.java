package org.segstm.gc.space;

/** Finds the object that a ref lies in. Remembers the last one, as refs into one large array tend to come together. */
public final class ObjectFinder {
    private final OldSpace space;
    private long lastRef;
    private long lastEnd;

    /**
     * Makes a finder.
     *
     * @param space to look in.
     */
    public ObjectFinder(final OldSpace space) {
        this.space = space;
    }

    /**
     * Start of the object that a ref lies in.
     *
     * @param innerRef in the old space.
     * @return ref of the object, or of the free slot; 0 when nothing was ever allocated there.
     */
    public long startOf(final long innerRef) {
        if (innerRef < lastRef || innerRef >= lastEnd) {
            find(innerRef);
        }
        return lastRef;
    }

    private void find(final long innerRef) {
        final PageDescriptors descriptors = space.descriptors();
        long page = descriptors.pageOf(innerRef);
        while (page > 0 && descriptors.get(page) == PageDescriptor.NOTHING) {
            page--;
        }
        final long descriptor = descriptors.get(page);
        if (descriptor == PageDescriptor.NOTHING) {
            lastRef = 0;
            lastEnd = 0;
        } else if (PageDescriptor.isLarge(descriptor)) {
            lastRef = descriptors.refOf(page);
            lastEnd = lastRef + HeapPage.bytesIn(PageDescriptor.pages(descriptor));
        } else {
            final long blockRef = descriptors.blockRef(page, descriptor);
            final long slotBytes = SizeClasses.slotBytes(PageDescriptor.sizeClass(descriptor));
            final long regionBytes = SizeClasses.regionBytes(
                PageDescriptor.sizeClass(descriptor), HeapPage.bytesIn(PageDescriptor.pages(descriptor)));
            final long regionRef = innerRef - (innerRef - blockRef) % regionBytes;
            lastRef = innerRef - (innerRef - regionRef) % slotBytes;
            lastEnd = lastRef + slotBytes;
        }
    }
}
