package org.segstm.jit.toy;

/** The toy's tests where nothing is checked: all that is generated is inline there. */
public final class ToyUnchecked {
    private ToyUnchecked() {
    }

    public static void main(final String[] arguments) throws Exception {
        final ToyVmTest tests = new ToyVmTest();
        tests.shouldGiveTheSameWhenCompiled();
        tests.shouldGetCompiledWhileItRunsWhenItIsHot();
        tests.shouldCallTheNewFunctionWhenOneIsDefinedAgain();
        tests.shouldLoseNoUpdateWhenThreadsIncrementAConstant();
        System.out.println("the toy works");
    }
}
