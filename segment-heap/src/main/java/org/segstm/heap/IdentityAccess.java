package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.identity.GivenHashes;
import org.segstm.heap.identity.IdentityHash;
import org.segstm.heap.layout.ObjectHeader;

import static org.segstm.heap.layout.ObjectHeader.GIVEN_HASH;
import static org.segstm.heap.layout.ObjectHeader.YOUNG_OUTSIDE;

/** Identity of objects, which does not change when they move. None of this moves objects or needs a barrier. */
public abstract class IdentityAccess extends EffectAccess {
    private final GivenHashes givenHashes;

    IdentityAccess(final SegmentHeap heap) {
        super(heap);
        givenHashes = heap.tables().givenHashes();
    }

    /**
     * A number that an object has for all its life and no other object has at the same time: the ref it has, or will
     * have, in the old space. For a young object that place is reserved now, and given back when it dies young. A
     * number only: it must not be used as a ref.
     *
     * @param ref of the object.
     * @return its identity, a multiple of 16 above 0.
     * @throws OutOfHeapException when there is no room for a young object's place.
     */
    public final long identity(final long ref) {
        checkObject(ref);
        return segment.map().isOldSpace(ref) ? ref : segment.collector().identityOf(ref);
    }

    /**
     * A hash of an object that never changes: the given one, or else one made of its identity.
     *
     * @param ref of the object.
     * @return 64 well spread bits; take any.
     * @throws OutOfHeapException when there is no room for a young object's place.
     */
    public final long identityHash(final long ref) {
        final long identity = identity(ref);
        return (Memory.getLong(segmentBase + ref) & GIVEN_HASH) == 0
            ? IdentityHash.of(identity) : givenHashes.get(identity);
    }

    /**
     * Gives an object the hash that {@link #identityHash} returns from now on: for prebuilt objects, whose hashes an
     * image of the VM knows already. To be done before the hash is asked for.
     *
     * @param ref  of a young object: allocated by this transaction, no safepoint since then.
     * @param hash any.
     * @throws IllegalStateException when the object is not young.
     * @throws OutOfHeapException    when there is no room for its place.
     */
    public final void giveIdentityHash(final long ref, final long hash) {
        checkObject(ref);
        if (segment.map().isOldSpace(ref) && (segment.flagsOf(ref) & YOUNG_OUTSIDE) == 0) {
            throw new IllegalStateException("an object is given its hash while it is young: ref=0x"
                + Long.toHexString(ref));
        }
        onAbort(givenHashes.give(identity(ref), hash));
        final long header = Memory.getLong(segmentBase + ref);
        Memory.putLong(segmentBase + ref, header | GIVEN_HASH);
    }

    final void checkObject(final long ref) {
        checkRunning();
        if (CHECKED) {
            checks().object(ref);
        } else if (!ObjectHeader.isObjectRef(ref)) {
            throw new IllegalArgumentException("only objects have an identity: ref=0x" + Long.toHexString(ref));
        }
    }
}
