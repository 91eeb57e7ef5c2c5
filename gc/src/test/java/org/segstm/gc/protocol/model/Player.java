package org.segstm.gc.protocol.model;

import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.finalization.FinalizerQueue;
import org.segstm.heap.identity.IdentityHash;
import org.segstm.heap.layout.ObjectHeader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A mutator and its double in the model: everything is done in both, and what they tell must be equal. Refs are read
 * anew in each action, so objects may move between them.
 */
final class Player {
    private static final int MOST_ROOTS = 10;
    private static final int LONGEST_WALK = 5;

    private final Mutator mutator;
    private final ModelHeap model;
    private final Deaths deaths;
    private final FinalizerQueue queue;
    private final Shape[] shapes;
    private final Random random;
    private final List<Long> roots = new ArrayList<>();
    /** Committed objects whose weak refs the running transaction has written. */
    private final List<Place> writtenHolders = new ArrayList<>();
    private ModelTransaction transaction;
    private final Absence absence = new Absence(this);
    private final NestedBlocks blocks;

    Player(
        final Mutator mutator, final ModelHeap model, final Deaths deaths, final FinalizerQueue queue,
        final Shape[] shapes, final Random random) {
        this.mutator = mutator;
        this.model = model;
        this.deaths = deaths;
        this.queue = queue;
        this.shapes = shapes;
        this.random = random;
        this.blocks = new NestedBlocks(mutator);
    }

    Mutator mutator() {
        return mutator;
    }

    ModelHeap model() {
        return model;
    }

    /** Words of the shadow stack. */
    List<Long> roots() {
        return roots;
    }

    /** The running transaction, or null. */
    ModelTransaction transaction() {
        return transaction;
    }

    boolean inTransaction() {
        return transaction != null;
    }

    boolean isInevitable() {
        return transaction != null && !isAway() && mutator.isInevitable();
    }

    /** Something has happened elsewhere: where is the view now? */
    void lookAtView() {
        if (transaction != null && !transaction.isDoomed()) {
            transaction.moveTo(mutator.inspect().viewRevision());
        }
    }

    void assertUpToDate(final String when) {
        check(transaction == null || transaction.isDoomed() || transaction.isUpToDate(),
            "view is behind after " + when);
    }

    void begin(final LongConsumer settle) {
        mutator.begin();
        settle.accept(Long.MAX_VALUE);
        begun();
    }

    void begun() {
        transaction = new ModelTransaction(model, roots);
        writtenHolders.clear();
        blocks.transactionBegun();
        lookAtView();
        assertUpToDate("begin");
        checkRoots();
    }

    void beginInevitable(final boolean mustWait, final LongConsumer settle) {
        try {
            mutator.beginInevitable("test");
            settle.accept(Long.MAX_VALUE);
            check(!mustWait, "two inevitable transactions at a time");
            begun();
        } catch (final HeapException e) {
            check(mustWait, "refused to be inevitable: " + e.getMessage());
            check(!mutator.inTransaction(), "refused, but in a transaction");
        }
    }

    void becomeInevitable(final boolean mustWait, final LongConsumer settle) {
        final boolean already = mutator.isInevitable();
        final boolean conflicts;
        try {
            mutator.becomeInevitable("test");
            settle.accept(Long.MAX_VALUE);
            conflicts = transaction.conflicts();
            check(already || !mustWait, "two inevitable transactions at a time");
            check(!conflicts, "became inevitable in spite of a conflict");
        } catch (final HeapException e) {
            check(mustWait && !transaction.conflicts(), "refused to be inevitable: " + e.getMessage());
        } catch (final TransactionAbortedException e) {
            settle.accept(Long.MAX_VALUE);
            check(transaction.conflicts(), "aborted without conflict when it wanted to be inevitable");
            rolledBack();
            return;
        }
        lookAtView();
        assertUpToDate("becoming inevitable");
    }

    /** The mutator was let act again and found out that it was rolled back, or not. */
    void unparked(final boolean aborted) {
        if (transaction != null) {
            check(aborted == transaction.isDoomed(), aborted ? "rolled back without conflict"
                : "goes on although its snapshot was moved over a conflict");
            if (aborted) {
                rolledBack();
            }
        }
    }

    void validate() {
        final boolean conflicts = transaction.conflicts();
        final boolean valid = mutator.validate();
        check(valid != conflicts, valid ? "validated in spite of a conflict" : "no conflict, but not valid");
        if (valid) {
            lookAtView();
            assertUpToDate("validation");
        } else {
            rolledBack();
        }
    }

    void safepoint() {
        standAt(mutator::safepoint);
    }

    void collect() {
        standAt(mutator::collectNursery);
    }

    private void standAt(final Runnable safepoint) {
        final boolean conflicts = transaction.conflicts();
        final boolean inevitable = mutator.isInevitable();
        try {
            safepoint.run();
        } catch (final TransactionAbortedException e) {
            check(conflicts, "aborted without conflict at a safepoint");
            rolledBack();
        } catch (final OutOfHeapException e) {
            check(mutator.isInevitable() == inevitable, "an inevitable transaction stays");
            if (!inevitable) {
                rolledBack();
            }
        }
        checkRoots();
    }

    /**
     * Commits.
     *
     * @param other  player whose transaction is inevitable and not detached, or null.
     * @param settle books the commit of a detached transaction that this one may cause.
     */
    void commit(final Player other, final LongConsumer settle) {
        final boolean update = transaction.isUpdate();
        final boolean inevitable = mutator.isInevitable();
        final boolean readOnly = !transaction.hasWritten() && !transaction.hasFresh();
        final boolean blocked = other != null && transaction.writesWhatWasRead(other.transaction);
        final boolean solo = mutator.inspect().isSolo();
        final boolean committed;
        try {
            committed = mutator.tryCommit();
        } catch (final OutOfHeapException e) {
            settle.accept(Long.MAX_VALUE);
            commitFailed();
            return;
        } catch (final HeapException e) {
            settle.accept(Long.MAX_VALUE);
            check(blocked && !transaction.conflicts(), "commit refused: " + e.getMessage());
            lookAtView();
            return;
        }
        settle.accept(committed && update ? mutator.inspect().viewRevision() - 1 : Long.MAX_VALUE);
        ended(committed, update, readOnly, inevitable, blocked, solo);
    }

    void ended(
        final boolean committed, final boolean update, final boolean readOnly, final boolean inevitable,
        final boolean blocked, final boolean solo) {
        final boolean conflicts = transaction.conflicts();
        if (committed) {
            check(!update || !conflicts, "committed in spite of a conflict");
            check(!blocked, "committed beside an inevitable transaction that read what it wrote");
            if (solo && !readOnly) {
                transaction.catchUp();
            }
            transaction.commit(mutator.inspect().viewRevision());
            deaths.released(transaction.taken());
            transaction = null;
            blocks.committed();
            checkRoots();
        } else {
            check(conflicts && !readOnly && !inevitable, "commit failed: conflicts=" + conflicts + " readOnly="
                + readOnly + " inevitable=" + inevitable);
            rolledBack();
        }
    }

    /** There was no room for what it leaves behind; an inevitable one is given up. */
    void commitFailed() {
        if (mutator.inTransaction()) {
            mutator.abort();
        }
        rolledBack();
    }

    Absence absence() {
        return absence;
    }

    /** Somebody else has committed it; its callbacks run when the mutator comes back. */
    void committedElsewhere(final long revision) {
        transaction.commit(revision);
        deaths.released(transaction.taken());
        transaction = null;
        blocks.committedElsewhere();
    }

    boolean isAway() {
        return absence.isAway();
    }

    /** What nested blocks of the running transaction return to when they are undone. */
    List<ModelSavepoint> savepoints() {
        return blocks.savepoints();
    }

    int nestedDepth() {
        return blocks.depth();
    }

    void beginNested() {
        if (blocks.begin(transaction, roots)) {
            lookAtView();
            checkRoots();
        } else {
            rolledBack();
        }
    }

    void commitNested() {
        blocks.commit();
        checkRoots();
    }

    void abortNested() {
        blocks.abort(transaction, roots, deaths);
        writtenHolders.clear();
        checkRoots();
    }

    void abort() {
        mutator.abort();
        rolledBack();
    }

    void rolledBack() {
        check(!mutator.inTransaction(), "rolled back, but in a transaction");
        roots.clear();
        roots.addAll(transaction.rootsAtBegin());
        deaths.released(transaction.taken());
        for (final ModelNode node : transaction.fresh()) {
            check(!node.shape().hasDestructor() || node.isDestroyed(), "rolled back without destructor: " + node);
        }
        transaction = null;
        blocks.rolledBack();
        checkRoots();
    }

    void checkRoots() {
        check(mutator.rootDepth() == roots.size(), "roots: model=" + roots.size() + " heap=" + mutator.rootDepth());
        for (int i = 0; i < roots.size(); i++) {
            final long root = roots.get(i);
            check(ModelHeap.isNode(root) ? ObjectHeader.isObjectRef(mutator.root(i)) : mutator.root(i) == root,
                "root " + i + ": model=" + root + " heap=" + mutator.root(i));
        }
        blocks.checkCallbacks();
    }

    void push(final long word, final long value) {
        roots.add(word);
        mutator.push(value);
    }

    void dropAllRoots() {
        roots.clear();
        mutator.truncateRoots(0);
    }

    /** Changes the shadow stack; the first root stays. */
    void changeRoots() {
        final int kind = random.nextInt(4);
        if (kind == 0 && roots.size() > 1) {
            roots.remove(roots.size() - 1);
            mutator.pop();
        } else if (kind == 1 && roots.size() > 2) {
            final int depth = 1 + random.nextInt(roots.size() - 1);
            roots.subList(depth, roots.size()).clear();
            mutator.truncateRoots(depth);
        } else if (transaction != null) {
            final Place place = walk();
            if (kind == 2 && roots.size() > 1) {
                final int index = 1 + random.nextInt(roots.size() - 1);
                roots.set(index, 2L * place.node.number());
                mutator.setRoot(index, place.ref);
            } else if (roots.size() < MOST_ROOTS) {
                push(2L * place.node.number(), place.ref);
            }
        }
    }

    /** Hands a root to another mutator, both outside transactions. */
    void handRootTo(final Player other) {
        if (other.roots.size() < MOST_ROOTS) {
            final int index = random.nextInt(roots.size());
            other.push(roots.get(index), mutator.root(index));
        }
    }

    void readSome() {
        final Place place = walk();
        for (int i = 0; i < 3; i++) {
            compare(place, random.nextInt(place.node.slots()));
        }
    }

    void writeSome() {
        final Place place = walk();
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (place.node.slots() > 1) {
                write(place, 1 + random.nextInt(place.node.slots() - 1));
            }
        }
    }

    private void write(final Place place, final int slot) {
        if (place.node.shape().isWeakOrStamp(slot)) {
            writeWeak(place);
            return;
        }
        final int kind = random.nextInt(8);
        if (ModelMerge.isCounter(place.node)) {
            store(place, slot, kind < 2 ? 0 : kind < 5 ? random.nextInt(5) - 2 : random.nextLong());
        } else if (kind == 0) {
            final long same = compare(place, slot);
            transaction.write(place.node, slot, transaction.read(place.node, slot));
            place.node.shape().write(mutator, place.ref, slot, same);
        } else if (!place.node.isRef(slot)) {
            final long number = place.node.shape().fit(slot, kind == 1 ? random.nextInt(2) : random.nextLong());
            store(place, slot, number);
        } else if (kind < 3) {
            final long word = kind == 1 ? 0 : random.nextInt() | 1L;
            store(place, slot, word);
        } else {
            link(place, slot, walk());
        }
    }

    private void store(final Place place, final int slot, final long word) {
        transaction.write(place.node, slot, word);
        place.node.shape().write(mutator, place.ref, slot, word);
    }

    private void writeWeak(final Place place) {
        if (random.nextInt(6) == 0) {
            stamp(place);
            store(place, place.node.shape().weakSlot(), 0);
        } else {
            linkWeak(place, walk());
        }
    }

    private void stamp(final Place place) {
        store(place, place.node.shape().stampSlot(), random.nextLong());
        if (!place.node.isFresh()) {
            writtenHolders.add(place);
        }
    }

    private void linkWeak(final Place place, final Place target) {
        stamp(place);
        link(place, place.node.shape().weakSlot(), target);
    }

    /** Mostly to what will not live for long: new, pushed last, or known from another weak ref. */
    void writeSomeWeak() {
        final Place holder = findHolder();
        if (holder != null) {
            unlessHeapIsFull(() -> {
                final int kind = random.nextInt(4);
                final Place other = kind == 0 ? findHolder() : null;
                final long known = other == null ? 0 : compare(other, other.node.shape().weakSlot());
                if (known != 0 && ObjectHeader.isObjectRef(known)) {
                    linkWeak(holder, arrive(transaction.read(other.node, other.node.shape().weakSlot()), known));
                } else if (kind == 1 && roots.size() < MOST_ROOTS) {
                    final Place target = create(shapes[0]);
                    push(2L * target.node.number(), target.ref);
                    linkWeak(holder, target);
                } else {
                    linkWeak(holder, rootPlace(roots.size() - 1));
                }
            });
        }
    }

    private Place findHolder() {
        return Stream.generate(this::walk).limit(10).filter(place -> place.node.shape().hasWeak()).findFirst()
            .orElse(null);
    }

    /** Has it written weak refs that an abort must bring back, unless they were cleared? */
    boolean canBringWeakBack() {
        return transaction != null && !transaction.isDoomed() && !isInevitable() && !writtenHolders.isEmpty();
    }

    /** Holders do not move, and those that were written are alive until the next major collection. */
    void bringWeakBack(final LongConsumer settle) {
        final List<Place> holders = new ArrayList<>(writtenHolders);
        abort();
        begin(settle);
        for (final Place holder : holders) {
            compare(holder, holder.node.shape().weakSlot());
        }
    }

    private void link(final Place place, final int slot, final Place target) {
        transaction.write(place.node, slot, 2L * target.node.number());
        place.node.shape().write(mutator, place.ref, slot, target.ref);
    }

    void allocate() {
        unlessHeapIsFull(this::allocateStructure);
    }

    private void unlessHeapIsFull(final Runnable allocation) {
        try {
            allocation.run();
        } catch (final OutOfHeapException e) {
            if (!mutator.isInevitable()) {
                abort();
            }
        }
    }

    /** Allocates parts that refer to each other and to older ones, and hangs the last up somewhere. */
    private void allocateStructure() {
        final List<Place> parts = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            final Place part = create(shapes[random.nextInt(shapes.length)]);
            for (int k = random.nextInt(4); k >= 0 && part.node.slots() > 1; k--) {
                final int slot = 1 + random.nextInt(part.node.slots() - 1);
                if ((part.node.isRef(slot) || part.node.isWeak(slot)) && !parts.isEmpty() && random.nextInt(4) != 0) {
                    link(part, slot, parts.get(random.nextInt(parts.size())));
                } else {
                    write(part, slot);
                }
            }
            parts.add(part);
        }
        final Place last = parts.get(parts.size() - 1);
        if (random.nextInt(3) == 0 && roots.size() < MOST_ROOTS) {
            push(2L * last.node.number(), last.ref);
        } else {
            hangUp(last);
        }
    }

    private Place create(final Shape shape) {
        final int length = shape.randomLength(random);
        final long ref = shape.allocate(mutator, length);
        final Place place = new Place(transaction.create(shape, length), ref);
        shape.write(mutator, ref, 0, place.node.number());
        if (random.nextInt(20) == 0) {
            final long hash = random.nextInt(3);
            mutator.giveIdentityHash(ref, hash);
            place.node.givenHash(hash);
        }
        return place;
    }

    private void hangUp(final Place part) {
        for (int attempt = 0; attempt < 5; attempt++) {
            final Place place = walk();
            final int slot = random.nextInt(place.node.slots());
            if (slot > 0 && place.node.isRef(slot)) {
                link(place, slot, part);
                return;
            }
        }
    }

    /** Makes an object that all views see at once. Another mutator may find it, also on an older snapshot. */
    void makePreexisting(final Player finder) {
        unlessHeapIsFull(() -> {
            final Place place = preexisting();
            if (finder.roots.size() < MOST_ROOTS) {
                finder.push(2L * place.node.number(), place.ref);
            }
            hangUp(place);
        });
    }

    private Place preexisting() {
        Shape shape;
        do {
            shape = shapes[random.nextInt(shapes.length)];
        } while (shape.hasDestructor());
        final int length = shape.randomLength(random);
        final long template = shape.allocate(mutator, length);
        final ModelNode node = model.newNode(shape, length);
        shape.write(mutator, template, 0, node.number());
        for (int k = random.nextInt(4); k > 0 && node.slots() > 1; k--) {
            final int slot = 1 + random.nextInt(node.slots() - 1);
            final long number = node.isRef(slot) || node.isWeak(slot) ? random.nextInt() | 1L
                : shape.fit(slot, random.nextLong());
            node.freshWords()[slot] = ModelMerge.isCounter(node) ? node.freshWords()[slot] + number : number;
            shape.write(mutator, template, slot, number);
        }
        final long ref = mutator.allocatePreexisting(template);
        node.commitFresh();
        return new Place(node, ref);
    }

    void askIdentity() {
        final Place place = walk();
        unlessHeapIsFull(() -> {
            final long hash = mutator.identityHash(place.ref);
            final long identity = mutator.identity(place.ref);
            final ModelNode before = model.identified(identity, place.node);
            if (before != null) {
                deaths.foundDead(before);
            }
            final Long given = place.node.givenHash();
            final long expected = given == null ? IdentityHash.of(identity) : given;
            check(hash == expected, "identity hash of " + place.node + ": " + hash + " instead of " + expected);
        });
    }

    void registerFinalizer() {
        final Place place = walk();
        final ModelFinalizer finalizer = new ModelFinalizer(place.node, deaths, random.nextBoolean());
        if (finalizer.isQueued()) {
            mutator.registerFinalizer(place.ref, queue);
        } else {
            mutator.registerFinalizer(place.ref, finalizer);
        }
        transaction.registered().add(finalizer);
    }

    /** Returns whether there was something. */
    boolean takeFromQueue() {
        final long ref = queue.next(mutator);
        if (ref != 0) {
            final Place place = arrive(2 * Words.numberOf(mutator, ref), ref);
            transaction.taken().add(deaths.taken(place.node));
        }
        return ref != 0;
    }

    /** From a random root along random refs. */
    private Place walk() {
        Place place = rootPlace(random.nextInt(roots.size()));
        for (int steps = random.nextInt(LONGEST_WALK); steps > 0; steps--) {
            final Place next = follow(place);
            if (next == null) {
                break;
            }
            place = next;
        }
        return place;
    }

    private Place rootPlace(final int index) {
        final int chosen = ModelHeap.isNode(roots.get(index)) ? index : 0;
        return arrive(roots.get(chosen), mutator.root(chosen));
    }

    private Place follow(final Place place) {
        for (int attempt = 0; attempt < 4; attempt++) {
            final int slot = random.nextInt(place.node.slots());
            if (place.node.isRef(slot) || place.node.isWeak(slot)) {
                final long value = compare(place, slot);
                final long word = transaction.read(place.node, slot);
                if (ModelHeap.isNode(word) && value != 0) {
                    return arrive(word, value);
                }
            }
        }
        return null;
    }

    /** What a word of the model and a ref of the heap refer to. */
    private Place arrive(final long word, final long ref) {
        final Place place = new Place(model.nodeOf(word), ref);
        check(mutator.layoutOf(ref) == place.node.shape().layout(),
            place.node + ": another layout: " + mutator.layoutOf(ref));
        if (!ModelMerge.isCounter(place.node)) {
            compare(place, 0);
        }
        if (place.node.identity() != 0) {
            check(mutator.identity(ref) == place.node.identity(), place.node + ": another identity");
        }
        return place;
    }

    private long compare(final Place place, final int slot) {
        final long word = transaction.read(place.node, slot);
        final long value = place.node.shape().read(mutator, place.ref, slot);
        if (place.node.isWeak(slot) && ModelHeap.isNode(word)) {
            lookThroughWeak(word, value);
            return value;
        }
        final boolean equal = place.node.isRef(slot) && ModelHeap.isNode(word)
            ? ObjectHeader.isObjectRef(value) : value == word;
        check(equal, place.node + " slot " + slot + ": model=" + word + " heap=" + value);
        return value;
    }

    private void lookThroughWeak(final long word, final long value) {
        final ModelNode target = model.nodeOf(word);
        if (value == 0) {
            deaths.foundDead(target);
        } else {
            check(!target.isDead(), "a weak ref leads to a dead object: " + target);
            arrive(word, value);
        }
    }

    /** Compares all that can be reached from the roots. */
    void verifyAll() {
        final Set<ModelNode> met = new HashSet<>();
        final Deque<Place> open = new ArrayDeque<>();
        for (int i = 0; i < roots.size(); i++) {
            meet(roots.get(i), mutator.root(i), met, open);
        }
        while (!open.isEmpty()) {
            final Place place = open.pop();
            for (int slot = 0; slot < place.node.slots(); slot++) {
                final long value = compare(place, slot);
                if (place.node.isRef(slot)) {
                    meet(transaction.read(place.node, slot), value, met, open);
                }
            }
        }
    }

    private void meet(final long word, final long value, final Set<ModelNode> met, final Deque<Place> open) {
        if (ModelHeap.isNode(word) && met.add(model.nodeOf(word))) {
            open.push(arrive(word, value));
        }
    }

    void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(mutator.name() + ": " + what);
        }
    }
}
