/**
 * What a VM learns while it runs, outside of the transactional world: counters and seen layouts in memory of their own.
 * Updates are plain stores, some get lost; none causes a conflict, and an abort takes none back.
 */
package org.segstm.jit.profile;
