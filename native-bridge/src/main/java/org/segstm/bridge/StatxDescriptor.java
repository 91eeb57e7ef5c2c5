package org.segstm.bridge;

/**
 * The part of {@code struct statx} that is read. Chosen over {@code struct stat}, whose layout
 * differs between architectures and whose {@code fstat} symbol older C libraries lack.
 *
 * <pre>
 *   0               4               8
 *   +---------------+---------------+
 *   | mask          | block bytes   |   0
 *   +---------------+---------------+
 *   | attributes                    |   8
 *   +---------------+---------------+
 *   | links         | user          |  16
 *   +---------------+-------+-------+
 *   | group         | mode  | pad   |  24
 *   +---------------+-------+-------+
 *   | inode                         |  32
 *   +-------------------------------+
 *   | size in bytes                 |  40
 *   +-------------------------------+
 *   | blocks of 512 bytes           |  48
 *   +-------------------------------+
 *   | ...                           |  56
 *   +-------------------------------+ 256
 * </pre>
 */
final class StatxDescriptor {
    /** The bit of the mask that asks for the blocks. */
    static final int MASK_BLOCKS = 1 << 10;
    static final int LOG_BYTES_IN_BLOCK = 9;

    static final int BLOCKS_OFFSET;
    static final int LENGTH = 256;

    static {
        int offset = 0;
        offset += Integer.BYTES + Integer.BYTES; // mask, block bytes
        offset += Long.BYTES; // attributes
        offset += Integer.BYTES + Integer.BYTES; // links, user
        offset += Integer.BYTES + Short.BYTES + Short.BYTES; // group, mode, pad
        offset += Long.BYTES; // inode
        offset += Long.BYTES; // size
        BLOCKS_OFFSET = offset;
    }

    private StatxDescriptor() {
    }
}
