package org.segstm.heap;

/**
 * The kernel allows this process no more memory mappings, and one is needed to make a page private. Only with the page
 * sharing strategies that take mappings. The transaction has to be aborted (atomic blocks do it themselves); the heap
 * goes on, and may find mappings again when others have let some go.
 */
public final class OutOfMappingsException extends HeapException {
    private static final long serialVersionUID = 1L;

    private final long processMappings;
    private final long allowedMappings;

    /**
     * Makes the exception.
     *
     * @param processMappings that the process has now.
     * @param allowedMappings that the system allows it.
     * @param privateRuns     of the heap, each of which takes two.
     * @param cause           what the system said.
     */
    public OutOfMappingsException(
        final long processMappings, final long allowedMappings, final long privateRuns, final Throwable cause) {
        super("out of mappings (raise 'sysctl -w vm.max_map_count', use segstm.page.sharing=PRIVATE_COW, which takes "
            + "none, or find what else in this process maps so much): process=" + processMappings + " allowed="
            + allowedMappings + " privateRuns=" + privateRuns, cause);
        this.processMappings = processMappings;
        this.allowedMappings = allowedMappings;
    }

    /**
     * Mappings of the process.
     *
     * @return their number when the exception was made.
     */
    public long processMappings() {
        return processMappings;
    }

    /**
     * What the system allows.
     *
     * @return {@code vm.max_map_count}.
     */
    public long allowedMappings() {
        return allowedMappings;
    }
}
