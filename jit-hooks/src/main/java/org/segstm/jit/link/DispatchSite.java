package org.segstm.jit.link;

import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.SwitchPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A call site that learns the layouts it meets: guards for the first few, a table for all when there are more. Type:
 * {@code (Mutator, long value, ...)}. What it has learnt is a property of the code, outside the transactional world: it
 * causes no conflict, and an abort does not take it back.
 */
public final class DispatchSite extends MutableCallSite {
    /** So many layouts are told apart by guards. */
    public static final int MAXIMUM_GUARDS = 4;
    private static final MethodHandle MISS;
    private static final MethodHandle FROM_TABLE;
    private static final MethodHandle IS_OTHER;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            MISS = lookup.findVirtual(DispatchSite.class, "miss",
                MethodType.methodType(MethodHandle.class, Mutator.class, long.class));
            FROM_TABLE = lookup.findVirtual(DispatchSite.class, "fromTable",
                MethodType.methodType(MethodHandle.class, Mutator.class, long.class));
            IS_OTHER = lookup.findStatic(DispatchSite.class, "isOther",
                MethodType.methodType(boolean.class, Mutator.class, long.class));
        } catch (final NoSuchMethodException | IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HeapLinker linker;
    private final MemberResolver resolver;
    private final String name;
    /** By layout id, 0 for what is no object. */
    private final Map<Integer, MethodHandle> known = new ConcurrentHashMap<>();
    private final Map<Integer, MethodHandle> guarded = new LinkedHashMap<>();
    private SwitchPoint valid = new SwitchPoint();
    private int misses;

    /**
     * Makes a site that knows nothing yet.
     *
     * @param linker   with the handles.
     * @param resolver asked for each layout.
     * @param name     of the operation.
     * @param type     {@code (Mutator, long value, ...)}.
     */
    public DispatchSite(
        final HeapLinker linker, final MemberResolver resolver, final String name, final MethodType type) {
        super(type);
        if (type.parameterCount() < 2 || type.parameterType(0) != Mutator.class
            || type.parameterType(1) != long.class) {
            throw new IllegalArgumentException("a site takes a mutator and a value first: type=" + type);
        }
        this.linker = linker;
        this.resolver = resolver;
        this.name = name;
        setTarget(folded(MISS));
    }

    /** A handle that asks which handle to call. */
    private MethodHandle folded(final MethodHandle chooser) {
        return MethodHandles.foldArguments(MethodHandles.exactInvoker(type()), chooser.bindTo(this));
    }

    private MethodHandle miss(final Mutator mutator, final long value) {
        final boolean object = ObjectHeader.isObjectRef(value);
        return learn(object ? mutator.layoutOf(value) : null);
    }

    private synchronized MethodHandle learn(final ObjectLayout layout) {
        misses++;
        final int id = layout == null ? 0 : layout.id();
        MethodHandle target = known.get(id);
        if (target == null) {
            target = resolver.resolve(linker, name, type(), layout).asType(type());
            known.put(id, target);
        }
        guarded.put(id, target);
        if (guarded.size() > MAXIMUM_GUARDS) {
            setTarget(untilInvalid(folded(FROM_TABLE)));
        } else {
            MethodHandle chain = folded(MISS);
            for (final Map.Entry<Integer, MethodHandle> entry : guarded.entrySet()) {
                chain = entry.getKey() == 0 ? MethodHandles.guardWithTest(IS_OTHER, entry.getValue(), chain)
                    : HeapLinker.guardLayoutId(entry.getKey(), entry.getValue(), chain);
            }
            setTarget(untilInvalid(chain));
        }
        return target;
    }

    private MethodHandle untilInvalid(final MethodHandle target) {
        return valid.guardWithTest(target, folded(MISS));
    }

    private MethodHandle fromTable(final Mutator mutator, final long value) {
        final MethodHandle target = known.get(ObjectHeader.isObjectRef(value) ? mutator.layoutIdOf(value) : 0);
        return target == null ? miss(mutator, value) : target;
    }

    private static boolean isOther(final Mutator mutator, final long value) {
        return !ObjectHeader.isObjectRef(value);
    }

    /** Forgets what was learnt: compiled code that contains it is left at once, everywhere. */
    public synchronized void invalidate() {
        known.clear();
        guarded.clear();
        final SwitchPoint old = valid;
        valid = new SwitchPoint();
        setTarget(folded(MISS));
        SwitchPoint.invalidateAll(new SwitchPoint[] {old});
    }

    /**
     * How many layouts it has met.
     *
     * @return the number; more than {@link #MAXIMUM_GUARDS}: it has a table.
     */
    public synchronized int layoutCount() {
        return guarded.size();
    }

    /**
     * How often it had to learn.
     *
     * @return the number.
     */
    public synchronized int missCount() {
        return misses;
    }
}
