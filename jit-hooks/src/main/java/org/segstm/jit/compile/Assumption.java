package org.segstm.jit.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.SwitchPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that compiled code relies on without looking: that a function is not redefined, that a layout has no
 * subclass. When it becomes wrong, the JVM drops the code at once, on all threads: calls from then on are interpreted.
 * (A call that is running inside the old code goes on in it: what may change under a running loop is to be tested
 * there.)
 */
public final class Assumption {
    private final String text;
    private final SwitchPoint valid = new SwitchPoint();
    private final Set<CodeUnit> dependents = new LinkedHashSet<>();
    private boolean wrong;

    /**
     * Makes an assumption that holds.
     *
     * @param text for reports: what is assumed.
     */
    public Assumption(final String text) {
        this.text = text;
    }

    /**
     * Does it still hold?
     *
     * @return false once it was invalidated.
     */
    public synchronized boolean isValid() {
        return !wrong;
    }

    /**
     * One handle as long as the assumption holds, another one from then on.
     *
     * @param target   that relies on it.
     * @param fallback of the same type.
     * @return the combination; costs nothing in compiled code.
     */
    public MethodHandle guard(final MethodHandle target, final MethodHandle fallback) {
        return valid.guardWithTest(target, fallback);
    }

    /** Says false when it does not hold any more. */
    synchronized boolean addDependent(final CodeUnit unit) {
        if (!wrong) {
            dependents.add(unit);
        }
        return !wrong;
    }

    private synchronized List<CodeUnit> makeWrong() {
        wrong = true;
        final List<CodeUnit> units = new ArrayList<>(dependents);
        dependents.clear();
        return units;
    }

    /**
     * It does not hold any more. When this returns, no call enters code that relied on it.
     *
     * @param reason for reports.
     */
    public void invalidate(final String reason) {
        invalidateAll(reason, List.of(this));
    }

    /**
     * Invalidates several at once, which costs as much as one.
     *
     * @param reason      for reports.
     * @param assumptions that do not hold any more.
     */
    public static void invalidateAll(final String reason, final List<Assumption> assumptions) {
        final Set<CodeUnit> units = new LinkedHashSet<>();
        for (final Assumption assumption : assumptions) {
            units.addAll(assumption.makeWrong());
        }
        SwitchPoint.invalidateAll(assumptions.stream().map(a -> a.valid).toArray(SwitchPoint[]::new));
        final String names = Arrays.toString(assumptions.stream().map(a -> a.text).toArray());
        units.forEach(unit -> unit.invalidated(names + " " + reason));
    }

    @Override
    public String toString() {
        return text;
    }
}
