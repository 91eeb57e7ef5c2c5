package org.segstm.gc.protocol.model;

/** An object in both worlds, until the next safepoint. */
final class Place {
    final ModelNode node;
    final long ref;

    Place(final ModelNode node, final long ref) {
        this.node = node;
        this.ref = ref;
    }
}
