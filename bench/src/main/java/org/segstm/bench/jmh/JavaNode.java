package org.segstm.bench.jmh;

/** What a node or a cell of 32 bytes would be as a Java object; with compressed pointers it has 32 bytes as well. */
final class JavaNode {
    /** The number. */
    long value;
    /** Left subtree, or the next of a list. */
    JavaNode left;
    /** Right subtree. */
    JavaNode right;

    static JavaNode tree(final int depth) {
        final JavaNode node = new JavaNode();
        node.value = 1;
        if (depth > 0) {
            node.left = tree(depth - 1);
            node.right = tree(depth - 1);
        }
        return node;
    }

    static JavaNode list(final int nodes) {
        JavaNode list = null;
        for (int i = 0; i < nodes; i++) {
            final JavaNode node = new JavaNode();
            node.value = 1;
            node.left = list;
            list = node;
        }
        return list;
    }

    static JavaNode[] array(final int nodes) {
        final JavaNode[] array = new JavaNode[nodes];
        for (int i = 0; i < nodes; i++) {
            array[i] = new JavaNode();
        }
        return array;
    }
}
