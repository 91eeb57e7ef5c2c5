package org.segstm.jit.emit;

/** Sizes where nothing is checked. */
public final class EmissionUnchecked {
    private EmissionUnchecked() {
    }

    public static void main(final String[] arguments) {
        final EmissionSizeTest tests = new EmissionSizeTest();
        tests.shouldTakeFewBytesWhenInline();
        tests.shouldPassTheVerifierOfClassFilesWhenAllIsEmitted();
        System.out.println("all are small");
    }
}
